import Foundation
import Testing

/// Options from a file: `--config`, `siprecap.yaml` and `--print-config`.
struct ConfigTests {
    private let sample = Checkout.capture(of: "01-basic-pcmu-udp")

    private func folder(_ text: String, name: String = "siprecap.yaml") throws -> Scratch {
        let scratch = try Scratch()
        try Data(text.utf8).write(to: scratch.url.appendingPathComponent(name))
        return scratch
    }

    @Test func `siprecap.yaml of the working folder is read, and its use is told`() throws {
        let scratch = try folder("inspect:\n  json: true\ninclude-paused: true\n")
        let run = try CommandRun(["inspect"] + sample, in: scratch.url)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("{"))
        #expect(run.errors.contains("options from siprecap.yaml"))
    }

    @Test func `what the command line says wins over the file, and the command's own part over the top`() throws {
        let scratch = try folder("jobs: 3\nformat: wav\nreconstruct:\n  format: flac\n", name: "my.yaml")
        let run = try CommandRun(["reconstruct"] + sample + ["-o", "out", "--config", "my.yaml", "-j2", "--print-config"], in: scratch.url)
        #expect(run.status == 0)
        #expect(run.output == "format: flac\njobs: 2\noutput: out\n")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
    }

    @Test func `what is printed can be read back`() throws {
        let scratch = try Scratch()
        let filter = "udp and not port 53"
        let first = try CommandRun(["inspect", "--print-config", "--filter", filter, "--call-id", "a\"b", "--call-id=c"] + sample, in: scratch.url)
        try Data(first.output.utf8).write(to: scratch.url.appendingPathComponent("again.yaml"))
        let second = try CommandRun(["inspect", "--config=again.yaml", "--print-config"] + sample, in: scratch.url)
        #expect(first.output.contains("call-id: [\"a\\\"b\", c]"))
        #expect(second.output == first.output)
    }

    @Test(arguments: [
        ("jbos: 2\n", "line 1: unknown option jbos; did you mean jobs?"),
        ("reconstruct:\n  json: true\n", "line 2: unknown option json of reconstruct"),
        ("inspct:\n  json: true\n", "line 2: unknown command inspct; did you mean inspect?"),
        ("inspect:\n  json: perhaps\n", "line 2: json must be true or false"),
        ("filter: [a, b]\n", "line 1: filter takes one value"),
        ("- jobs\n", "line 1: a mapping of option names to values is expected"),
        ("config: other.yaml\n", "line 1: unknown option config"),
        ("jobs: [\n", "is not YAML"),
    ])
    func `a mistake in the file ends the command and names its line`(text: String, message: String) throws {
        let scratch = try folder(text)
        let run = try CommandRun(["inspect"] + sample, in: scratch.url)
        #expect(run.status == 2)
        #expect(run.errors.contains(message))
        #expect(run.output.isEmpty)
    }

    @Test func `commands that read no captures take no file, and help is never hindered`() throws {
        let scratch = try folder("nonsense: 1\n")
        #expect(try CommandRun(["explain", "SDP104"], in: scratch.url).status == 0)
        #expect(try CommandRun(["inspect", "--help"], in: scratch.url).status == 0)
        #expect(try CommandRun(["inspect", "--config", "absent.yaml"] + sample, in: scratch.url).status == 2)
    }
}

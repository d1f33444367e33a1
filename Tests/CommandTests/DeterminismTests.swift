import Foundation
import Testing

@Suite struct DeterminismTests {
    @Test("order of arguments, number of jobs, time zone and locale change no byte")
    func sameBytes() throws {
        let inputs = Checkout.sampleNames.prefix(5).flatMap { Checkout.capture(of: $0).prefix(1) }
        let scratch = try Scratch()
        let first = try CommandRun(["reconstruct"] + inputs + ["-o", scratch.path("a"), "--jobs", "1"])
        let second = try CommandRun(
            ["reconstruct"] + inputs.reversed() + ["-o", scratch.path("b"), "--jobs", "2"],
            environment: ["TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8"])
        #expect(first.status == second.status)
        let manifest = try Tree.text(scratch.path("a/manifest-sha256.txt"))
        #expect(manifest.split(separator: "\n").count > inputs.count)
        #expect(manifest == (try Tree.text(scratch.path("b/manifest-sha256.txt"))))
        #expect(Tree.files(scratch.path("a")) == Tree.files(scratch.path("b")))
    }

    @Test("the manifest's hashes are those of the files")
    func manifestIsTrue() throws {
        let scratch = try Scratch()
        let name = try #require(Checkout.sampleNames.first)
        _ = try CommandRun(["reconstruct"] + Checkout.capture(of: name) + ["-o", scratch.path("a")])
        let check = try CommandRun(
            URL(fileURLWithPath: "/usr/bin/sha256sum"), ["--check", "--strict", "manifest-sha256.txt"], in: scratch.url.appendingPathComponent("a"))
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }
}

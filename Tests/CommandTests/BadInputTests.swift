import Foundation
import Testing

@Suite struct BadInputTests {
    private var sample: String { get throws { try #require(Checkout.capture(of: "01-basic-pcmu-udp").first) } }

    @Test("a file that is no capture is named as what it looks like; the others are done")
    func noCapture() throws {
        let scratch = try Scratch()
        try Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Array(repeating: 7, count: 64)).write(to: scratch.url.appendingPathComponent("x.pcap"))
        let alone = try CommandRun(["reconstruct", scratch.path("x.pcap"), "-o", scratch.path("a")])
        #expect(alone.status == 2)
        #expect(alone.errors.contains("gzip"))
        let beside = try CommandRun(["reconstruct", scratch.path("x.pcap"), try sample, "-o", scratch.path("b")])
        #expect(beside.status == 1)
        #expect(try Tree.recordings(scratch.path("b")).count == 1)
    }

    @Test("a truncated last packet is a finding and the rest is kept")
    func truncated() throws {
        let scratch = try Scratch()
        let whole = try Data(contentsOf: URL(fileURLWithPath: try sample))
        try whole.prefix(whole.count - 7).write(to: scratch.url.appendingPathComponent("cut.pcap"))
        let run = try CommandRun(["reconstruct", scratch.path("cut.pcap"), "-o", scratch.path("a")])
        #expect(run.status == 1)
        #expect(run.errors.contains("CAP001"))
        #expect(Tree.files(scratch.path("a")).filter { $0.hasSuffix(".wav") }.count == 2)
    }

    @Test("an output folder with something foreign in it is refused before any work")
    func foreign() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path("a"), withIntermediateDirectories: true)
        try "mine".write(toFile: scratch.path("a/thesis.txt"), atomically: true, encoding: .utf8)
        let run = try CommandRun(["reconstruct", try sample, "-o", scratch.path("a")])
        #expect(run.status == 2)
        #expect(run.errors.contains("thesis.txt"))
        #expect(Tree.files(scratch.path("a")) == ["thesis.txt"])
    }

    @Test("an output folder that can not be made is refused")
    func notWritable() throws {
        let scratch = try Scratch()
        try "a file".write(toFile: scratch.path("file"), atomically: true, encoding: .utf8)
        let run = try CommandRun(["reconstruct", try sample, "-o", scratch.path("file/out")])
        #expect(run.status == 2)
    }

    @Test("an unknown option gives usage, a suggestion and status 2")
    func unknownOption() throws {
        let run = try CommandRun(["reconstruct", try sample, "-o", "x", "--job", "2"])
        #expect(run.status == 2)
        #expect(run.errors.contains("--jobs"))
        #expect(run.errors.contains("Usage"))
    }

    @Test("a missing input is said so with status 2")
    func missing() throws {
        let run = try CommandRun(["inspect", "/nowhere/at-all.pcap"])
        #expect(run.status == 2)
        #expect(run.errors.contains("at-all.pcap"))
    }
}

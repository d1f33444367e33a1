import Foundation
import Testing

/// `siprecap explain` of a recording.
struct ExplainTests {
    /// The recordings of a sample that are committed as its expected output.
    private func recording(_ sample: String) throws -> String {
        let folder = Checkout.samples.appendingPathComponent(sample).appendingPathComponent("expected/recordings").path
        return folder + "/" + (try #require(FileManager.default.contentsOfDirectory(atPath: folder).sorted().first))
    }

    @Test func `every claim has its packets and reasons`() throws {
        let run = try CommandRun(["explain", try recording("24-mixed-stream")])
        #expect(run.status == 0)
        for text in [
            "recording dialog d5a6586c41d0e7e692b3@rs.src.example.com over udp, from capture.pcap frame 1",
            "Vera Antonova <sip:vera.antonova@example.com>", "told by metadata/0001.xml (capture.pcap frame 1 ",
            "s1  audio, label 8363  from Paul Janssen and Vera Antonova", "sender by label, confidence high",
            "503 packets, capture.pcap frame 5 +0x2a to capture.pcap frame 509", "- payload type 0 is negotiated", "MAT006",
        ] { #expect(run.output.contains(text), "\(text)") }
    }

    @Test func `a gap names the packets around it`() throws {
        let folder = try recording("11-hold-resume")
        let object = try Tree.object(folder + "/recording.json")
        let streams = try #require(object["streams"] as? [[String: Any]])
        let gaps = streams.flatMap { $0["gaps"] as? [[String: Any]] ?? [] }.filter { $0["first"] != nil }
        #expect(!gaps.isEmpty)
        let run = try CommandRun(["explain", folder])
        #expect(run.output.components(separatedBy: "  between ").count - 1 == gaps.count)
    }

    @Test func `a gap says what speaks for its cause`() throws {
        let scratch = try Scratch()
        let text = try Tree.text(try recording("11-hold-resume") + "/recording.json")
        #expect(text.contains("\"cause\" : "))
        let changed = text.replacing("\"cause\" : ", with: "\"reason\" : \"the receiver had it\",\n\"cause\" : ")
        try Data(changed.utf8).write(to: scratch.url.appendingPathComponent("recording.json"))
        let run = try CommandRun(["explain", scratch.url.path])
        #expect(run.status == 0)
        #expect(run.output.contains("because the receiver had it"))
    }

    @Test func `a recording is found by its id alone, and what is none is refused`() throws {
        let folder = URL(fileURLWithPath: try recording("01-basic-pcmu-udp"))
        let id = try #require(folder.lastPathComponent.split(separator: "_").last)
        let run = try CommandRun(["explain", folder.deletingLastPathComponent().path + "/" + id])
        #expect(run.status == 0)
        #expect(run.output.contains("recording \(id)"))
        #expect(try CommandRun(["explain", folder.deletingLastPathComponent().path + "/0000"]).status == 2)
        #expect(try CommandRun(["explain", folder.path + "/audio"]).status == 2)
    }
}

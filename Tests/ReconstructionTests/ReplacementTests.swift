import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import TestSupport
import Testing

/// Calls that name another one in a header field of their INVITE: they are related, and stay two.
struct ReplacementTests {
    /// Ann calls Bob; Cy, at another host, calls `target` two seconds later.
    private static func records(_ headers: [String], target: String = "ann", status: String = "200") async throws -> [RecordingRecord] {
        var script = CaptureScript()
        for (number, users) in [("ann", "bob"), ("cy", target)].enumerated() {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "\(number)@example.test"
            sip.tags = ("c\(number)", "s\(number)")
            (sip.clientUser, sip.serverUser) = users
            sip.client = Socket(0xC000_0201 + UInt32(number) * 2, 5060)
            sip.server = number == 0 ? Socket(0xC000_0202, 5060) : Socket(0xC000_0201, 5060)
            let (start, port) = (number * 2_000_000, 4000 + number * 10)
            sip.send(
                "INVITE", start, cseq: 1, body: SIPScript.description("192.0.2.\(1 + number * 2)", ports: [port], direction: "sendrecv"),
                headers: number == 0 ? [] : headers, into: &script)
            sip.send(
                number == 0 ? "200" : status, start + 50_000, cseq: 1, by: .server,
                body: SIPScript.description("192.0.2.\(2 - number)", ports: [port + 2000], direction: "sendrecv"), into: &script)
            sip.send("ACK", start + 60_000, cseq: 1, method: "ACK", into: &script)
            let there = ToneSource(
                from: Socket(sip.client.address, UInt16(port)), to: Socket(sip.server.address, UInt16(port + 2000)), ssrc: 0x10 + UInt32(number), seed: number)
            there.send(0..<100, at: start + 100_000, into: &script)
            sip.close(start + 2_200_000, into: &script)
        }
        return try await Reconstructed.run(script.pcap()).recordings.map { try $0.sidecar }.sorted { $0.start < $1.start }
    }

    @Test(
        "each header field that names a dialog relates the two",
        arguments: [
            ("Replaces: 0@example.test;to-tag=c0;from-tag=s0", true), ("Replaces: 0@example.test ; early-only ; from-tag = s0; to-tag=c0", true),
            ("Replaces: 0@example.test;to-tag=s0;from-tag=c0", true), ("Replaces: 0@example.test;to-tag=other;from-tag=s9", true),
            ("Join: 0@example.test;to-tag=c0;from-tag=s0", false), ("Target-Dialog: 0@example.test;local-tag=c0;remote-tag=s0", false),
            ("X-Call-ID: 0@example.test", false), ("X-CID: 0@example.test", false),
        ]) func related(_ header: String, _ isTransfer: Bool) async throws
    {
        let records = try await Self.records([header])
        #expect(records.map { $0.dialogs.map(\.callID) } == [["0@example.test", "1@example.test"], ["1@example.test", "0@example.test"]])
        #expect(records.allSatisfy { $0.dialogs[0].relation == nil && $0.dialogs[1].relation?.count == 1 })
        #expect(records.map { $0.events.count { $0.type == .transfer } } == [isTransfer ? 1 : 0, 0])
    }

    @Test(
        "who is put out is told by the tags, else by who is called",
        arguments: [
            ("Replaces: 0@example.test;to-tag=c0;from-tag=s0", "ann", "callee"), ("Replaces: 0@example.test;to-tag=s0;from-tag=c0", "ann", "caller"),
            ("Replaces: 0@example.test", "ann", "callee"), ("Replaces: 0@example.test;to-tag=0;from-tag=0", "bob", "caller"),
        ]) func displaced(_ header: String, _ target: String, _ expected: String) async throws
    {
        let event = try #require(try await Self.records([header], target: target)[0].events.first { $0.type == .transfer })
        #expect(event.detail == ["from": expected, "to": "sip:cy@client.test"])
    }

    @Test(
        "what names no call that is there, or was refused, tells nothing",
        arguments: [
            ("Replaces: 7@example.test;to-tag=c0;from-tag=s0", "200"), ("Replaces: ;to-tag=c0", "200"), ("Replaces:", "200"),
        ]) func strangers(_ header: String, _ status: String) async throws
    {
        let records = try await Self.records([header], status: status)
        #expect(records.map(\.dialogs.count) == [1, 1])
        #expect(records.allSatisfy { !$0.events.contains { $0.type == .transfer } })
    }

    @Test("a replacement that was refused is related and no transfer")
    func refused() async throws {
        let records = try await Self.records(["Replaces: 0@example.test;to-tag=c0;from-tag=s0"], status: "481")
        #expect(records.allSatisfy { !$0.events.contains { $0.type == .transfer } })
    }
}

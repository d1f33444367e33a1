import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Canonical names of the sources of a recording session against its metadata: Ann sends on label 1, Bob on label 2.
struct CanonicalNameTests {
    /// Names for the sources of labels 1 and 2, in the session description or in RTCP.
    private static func findings(_ names: (String, String), inReports: Bool) async throws -> (count: Int, confidence: [String?]) {
        var session = SessionScript()
        func extra(_ ssrc: UInt32, _ name: String) -> [String] { inReports || name.isEmpty ? [] : ["a=ssrc:\(ssrc) cname:\(name)"] }
        let lines = [
            ["m=audio 4000 RTP/AVP 0", "a=sendonly", "a=label:1"] + extra(0xA, names.0),
            ["m=audio 4002 RTP/AVP 0", "a=sendonly", "a=label:2"] + extra(0xB, names.1),
        ]
        let offer = (["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"] + lines.flatMap(\.self)).joined(separator: "\r\n") + "\r\n"
        session.sip.open(
            0, offer: offer, answer: SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly"), metadata: SIPScript.annAndBob,
            into: &session.script)
        for (source, name) in [(SessionScript.ann, names.0), (SessionScript.bob, names.1)] {
            source.send(0..<100, at: 500_000, into: &session.script)
            guard inReports, !name.isEmpty else { continue }
            // An empty receiver report and a source description (RFC 3550 section 6.5).
            var item = [UInt8](CaptureScript.be32(source.ssrc)) + [1, UInt8(name.utf8.count)] + Array(name.utf8) + [0]
            while item.count % 4 != 0 { item.append(0) }
            let packet = [0x80, 201, 0, 1] + CaptureScript.be32(source.ssrc) + [0x81, 202] + CaptureScript.be16(item.count / 4) + item
            session.script.datagram(
                700_000, from: Socket(source.source.address, source.source.port + 1), to: Socket(source.destination.address, source.destination.port + 1),
                packet)
        }
        session.sip.close(3_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let count = run.plan.findings.sorted.filter { $0.rule.code == "MAT031" }.reduce(0) { $0 + $1.count }
        return (count, try run.only.sidecar.streams.map { $0.binding?.confidence })
    }

    @Test(
        "names of the other one, in any spelling",
        arguments: [
            ("sip:bob@example.test", "sip:ann@example.test"), ("bob@example.test", "ann@example.test"), ("BOB@192.0.2.1", "Ann@192.0.2.1"), ("bob", "ann"),
        ], [false, true])
    func swapped(names: (String, String), inReports: Bool) async throws {
        let found = try await Self.findings(names, inReports: inReports)
        #expect(found.count == 2 && found.confidence == ["low", "low"])
    }

    @Test("one contradiction is enough, and concerns its stream") func one() async throws {
        let found = try await Self.findings(("sip:bob@example.test", ""), inReports: false)
        #expect(found.count == 1 && found.confidence == ["low", "high"])
    }

    @Test(
        "names that agree, are random, those of a host, or the same for all",
        arguments: [
            ("sip:ann@example.test", "sip:bob@example.test"), ("ann@192.0.2.1", "bob@192.0.2.1"), ("9hVqLzT0k2mXw8Yb", "Qm3fJr7sUe1aNc6d"),
            ("root@sbc.example.test", "root@sbc.example.test"), ("ann@192.0.2.1", "ann@192.0.2.1"), ("user1@192.0.2.1", "user2@192.0.2.1"), ("", ""),
        ], [false, true])
    func harmless(names: (String, String), inReports: Bool) async throws {
        let found = try await Self.findings(names, inReports: inReports)
        #expect(found.count == 0 && found.confidence == ["high", "high"])
    }
}

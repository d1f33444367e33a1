import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingPlanner
import TestSupport
import Testing

/// Key agreements that are not followed are recognised and named.
struct KeyAgreementTests {
    private func script(_ attribute: String) -> SessionScript {
        var session = SessionScript()
        session.open(profile: "RTP/SAVP", extra: [attribute])
        SessionScript.ann.send(0..<20, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<20, at: 600_000, into: &session.script)
        session.sip.close(1_500_000, into: &session.script)
        return session
    }

    @Test(arguments: [("a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO", "SRT015", "mikey"), ("a=zrtp-hash:1.10 f3eb6dd0", "SRT016", "zrtp")])
    func agreementInTheDescriptionIsNamed(_ attribute: String, code: String, keying: String) async {
        let run = await Reconstructed.run(script(attribute).script.pcap())
        #expect(run.plan.findings.sorted.contains { $0.rule.code == code })
        #expect(!run.plan.keysNeeded.isEmpty)
        #expect(run.plan.keysNeeded.allSatisfy { $0.keying == keying })
    }

    @Test(arguments: [true, false]) func zrtpOnTheMediaPathIsNamed(isConfirmed: Bool) async throws {
        var session = script("a=ptime:20")
        let (from, to) = (Socket(0xC000_0201, 4000), Socket(0xC000_0202, 6000))
        for (number, type) in (["Hello   ", "HelloACK", "Commit  "] + (isConfirmed ? ["Conf2ACK"] : [])).enumerated() {
            // RFC 6189 section 5: header with magic cookie, preamble and length of the message, its type, CRC.
            let head: [UInt8] = [0x10, 0, 0, UInt8(number), 0x5A, 0x52, 0x54, 0x50, 0, 0, 0, 10, 0x50, 0x5A, 0, 3]
            session.script.datagram(510_000 + number, from: from, to: to, head + Array(type.utf8) + [0, 0, 0, 0])
        }
        let run = await Reconstructed.run(session.script.pcap())
        let finding = try #require(run.plan.findings.sorted.first { $0.rule == .srt016 })
        #expect(finding.message == "\(isConfirmed ? 4 : 3) ZRTP packets from 192.0.2.1:4000 to 192.0.2.2:6000\(isConfirmed ? "" : ", never confirmed")")
    }
}

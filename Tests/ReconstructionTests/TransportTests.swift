import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// The same call by every transport gives the same audio.
struct TransportTests {
    @Test(arguments: zip(TransportScript.Signalling.allCases, [TransportScript.Media.framed, .indications, .channels, .udp]))
    func transportDoesNotChangeWhatIsHeard(_ signalling: TransportScript.Signalling, _ media: TransportScript.Media) async throws {
        let script = TransportScript(SessionScript.plain(packets: 30), signalling: signalling, media: media).script
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<30))
        #expect(try recording.samples(of: "PB") == silence(800) + SessionScript.bob.samples(0..<24) + silence(160))
        let expected =
            switch signalling {
            case .udp: "udp"
            case .tcp: "tcp"
            case .webSocket: "ws"
            case .sctp: "sctp"
            }
        #expect(try recording.sidecar.dialogs.map(\.transport) == [expected])
        #expect(run.survey.counts.unclassified == 0)
    }

    @Test(arguments: [2, 7, 100])
    func smallSegmentsGiveTheSame(_ size: Int) async throws {
        let script = TransportScript(SessionScript.plain(packets: 20), signalling: .webSocket, media: .framed, segment: size).script
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try Array(recording.samples(of: "PA").prefix(3200)) == SessionScript.ann.samples(0..<20))
    }

    @Test func encryptedConnectionIsCountedAndNamed() async throws {
        var script = SessionScript.plain(packets: 10)
        let client = Socket(0xC000_0203, 40_000)
        let server = Socket(0xC000_0204, 5061)
        let record: [UInt8] = [0x17, 3, 3, 0, 100] + [UInt8](repeating: 1, count: 100)
        script.segment(1000, from: client, to: server, sequence: 0, flags: 2, [])
        for number in 0..<5 { script.segment(2000 + number, from: client, to: server, sequence: 1 + UInt32(number * 105), record) }
        script.segment(3000, from: server, to: client, sequence: 500, record)
        let run = await Reconstructed.run(script.pcap())
        let finding = try #require(run.survey.findings.sorted.first { $0.rule == .net008 })
        let expected =
            "630 bytes of TLS on 192.0.2.3:40000 > 192.0.2.4:5061 were not decrypted: "
            + "the capture contains no handshake of this connection, so no secret can be found for it"
        #expect(finding.message == expected)
        #expect(try run.only.audio.count == 2)
    }

    @Test func whatStandsBesideMediaIsToldApart() async {
        var script = SessionScript.plain(packets: 10)
        let (from, to) = (Socket(0xC000_0201, 4000), Socket(0xC000_0202, 6000))
        script.datagram(1000, from: from, to: to, [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + [UInt8](repeating: 1, count: 12))
        script.datagram(1001, from: from, to: to, [0, 1, 0, 0] + [UInt8](repeating: 1, count: 16))
        script.datagram(1002, from: from, to: to, [22, 0xFE, 0xFD] + [UInt8](repeating: 0, count: 20))
        script.datagram(1003, from: from, to: to, [0x2F, 1, 2] + [UInt8](repeating: 0, count: 20))
        script.datagram(1004, from: from, to: to, "\r\n\r\n")
        script.datagram(1005, from: from, to: to, [0])
        script.datagram(1006, from: from, to: to, "jaK and more")
        let counts = await Reconstructed.run(script.pcap()).survey.counts
        #expect([counts.stun, counts.dtls, counts.keepAlives, counts.unclassified] == [2, 2, 2, 1])
    }
}

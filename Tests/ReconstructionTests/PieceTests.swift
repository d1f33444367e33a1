import Evidence
import Foundation
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// A flow that is cut into conversations: what each piece says of itself is said of packets that are in the capture.
struct PieceTests {
    /// One RTP packet over Ethernet, IPv4 and UDP, found by this test itself.
    private struct Sent {
        let frame: Int
        let time: String
        let ssrc: String
        let type: Int
    }

    private static func packets(_ capture: [UInt8]) throws -> [Sent] {
        func little(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(capture[at + $1]) << (8 * $1) } }
        let scale = little(0) == 0xA1B2_3C4D ? 1 : 1000
        var out: [Sent] = []
        var at = 24
        var frame = 0
        while at + 16 <= capture.count {
            let octets = Array(capture[(at + 16)..<(at + 16 + little(at + 8))])
            frame += 1
            if octets.count >= 54, octets[12] == 8, octets[13] == 0, octets[23] == 17, octets[42] >> 6 == 2, !(64...95).contains(octets[43] & 0x7F) {
                let time = CaptureTime(nanoseconds: Int64(little(at)) * 1_000_000_000 + Int64(little(at + 4) * scale))
                out.append(Sent(frame: frame, time: time.rfc3339, ssrc: "0x" + Hex.encode(Array(octets[50..<54])), type: Int(octets[43] & 0x7F)))
            }
            at += 16 + little(at + 8)
        }
        try #require(!out.isEmpty)
        return out
    }

    private func check(_ capture: [UInt8], recordings: Int, by rule: ConversationRule = .conversation) async throws -> [FlowRecord] {
        let sent = try Self.packets(capture)
        var options = ReconstructionOptions()
        options.rule = rule
        let run = await Reconstructed.run(capture, options: options)
        #expect(run.recordings.count == recordings)
        let flows = try run.recordings.flatMap { try $0.sidecar.streams.flatMap(\.flows) }
        for flow in flows {
            let own = sent.filter { $0.ssrc == flow.ssrc }
            let first = try #require(own.first { $0.time == flow.firstPacket }, "\(flow.ssrc) \(flow.firstPacket)")
            let last = try #require(own.last { $0.time == flow.lastPacket }, "\(flow.ssrc) \(flow.lastPacket)")
            #expect(flow.first?.frame == first.frame && flow.last?.frame == last.frame)
            #expect(flow.packets == own.count { (first.frame...last.frame).contains($0.frame) }, "\(flow.ssrc)")
            #expect(flow.codecs.reduce(0) { $0 + $1.packets } == flow.packets, "\(flow.ssrc) \(flow.codecs)")
            #expect(flow.fates?.total == flow.packets)
            for codec in flow.codecs {
                #expect(codec.packets == own.count { (first.frame...last.frame).contains($0.frame) && $0.type == codec.payloadType })
            }
        }
        return flows
    }

    @Test("a persistent recording session of three communication sessions, whole and cut", arguments: [(ConversationRule.conversation, 1), (.session, 3)])
    func persistent(rule: ConversationRule, recordings: Int) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let octets = try Data(contentsOf: root.appendingPathComponent("SamplePcaps/23-persistent-three-cs/capture.pcap"))
        #expect(try await check(Array(octets), recordings: recordings, by: rule).count == 6)
    }

    @Test("silence, comfort noise and keys at the cuts", arguments: [0, 13, 101])
    func withGapsAtTheCuts(type: Int) async throws {
        let (first, second) = ("AAAAAAAAAAAAAAAAAAAAAQ==", "AAAAAAAAAAAAAAAAAAAAAg==")
        let map = ["a=rtpmap:13 CN/8000", "a=rtpmap:101 telephone-event/8000"]
        var session = SessionScript()
        let open = ConversationTests.document(session: first, [("PA", "ann", "T1", "1"), ("PB", "bob", "T2", "2")])
        session.sip.open(
            0, offer: Self.description("192.0.2.1", [4000, 4002], "sendonly", map), answer: Self.description("192.0.2.2", [6000, 6002], "recvonly", map),
            metadata: open, into: &session.script)
        func update(_ time: Int, cseq: Int, _ metadata: String) {
            session.sip.send(
                "UPDATE", time, cseq: cseq, method: "UPDATE", type: "multipart/mixed;boundary=b",
                body: SIPScript.multipart(Self.description("192.0.2.1", [4000, 4002], "sendonly", map), metadata), into: &session.script)
            session.sip.send("200", time + 10_000, cseq: cseq, method: "UPDATE", by: .server, into: &session.script)
        }
        for source in [SessionScript.ann, SessionScript.bob] {
            for number in 0..<350 where !(90..<260).contains(number) {
                var packet = source.packet(number)
                // The last one before the cut and the first one after it are of another type.
                if type != 0, number == 89 || number == 260 {
                    packet[1] = UInt8(type)
                    packet = Array(packet.prefix(12)) + (type == 13 ? [60] : [5, 0x8A, 3, 32])
                }
                session.script.datagram(500_000 + number * 20_000, from: source.source, to: source.destination, packet)
            }
        }
        update(2_500_000, cseq: 2, SIPScript.metadata(""))
        update(5_500_000, cseq: 3, ConversationTests.document(session: second, [("PC", "cy", "T3", "1"), ("PD", "di", "T4", "2")]))
        session.sip.close(8_000_000, into: &session.script)
        let flows = try await check(session.script.pcap(), recordings: 2)
        #expect(flows.map(\.packets) == [90, 90, 90, 90])
    }

    private static func description(_ address: String, _ ports: [Int], _ direction: String, _ map: [String]) -> String {
        SIPScript.description(address, ports: ports, direction: direction, labels: true, extra: map).replacingOccurrences(
            of: " RTP/AVP 0\r\n", with: " RTP/AVP 0 13 101\r\n")
    }
}

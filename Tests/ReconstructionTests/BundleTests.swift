import CaptureSurvey
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// A recording session whose lines share one address (RFC 9143): packets name their line by `a=mid` in a header extension.
struct BundleTests {
    @Test("each voice of a bundle goes to the participant of its line")
    func voicesOfABundle() async throws {
        var session = SessionScript()
        func description(_ address: String, _ port: Int, _ direction: String) -> String {
            var lines = ["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0", "a=group:BUNDLE x y"]
            for (label, mid) in [("1", "x"), ("2", "y")] {
                lines += ["m=audio \(port) RTP/AVP 0", "a=mid:\(mid)", "a=extmap:7 urn:ietf:params:rtp-hdrext:sdes:mid", "a=\(direction)", "a=label:\(label)"]
            }
            return lines.joined(separator: "\r\n") + "\r\n"
        }
        session.sip.open(
            0, offer: description("192.0.2.1", 4000, "sendonly"), answer: description("192.0.2.2", 6000, "recvonly"), metadata: SIPScript.annAndBob,
            into: &session.script)
        // Bob's packets first, so that the order of flows decides nothing.
        for (source, mid, start) in [(SessionScript.bob, "y", 500_000), (SessionScript.ann, "x", 505_000)] {
            for number in 0..<100 {
                let packet = source.packet(number)
                let octets = [0x90] + packet[1..<12] + [0xBE, 0xDE, 0, 1, 0x70] + Array(mid.utf8) + [0, 0] + packet[12...]
                session.script.datagram(start + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, octets)
            }
        }
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PB").prefix(16_000) == SessionScript.bob.samples(0..<100)[...])
        #expect(try recording.samples(of: "PA").suffix(16_000) == SessionScript.ann.samples(0..<100)[...])
        #expect(try recording.sidecar.streams.map(\.participants) == [["PA"], ["PB"]] && recording.sidecar.streams.map(\.flows.count) == [1, 1])
    }
}

import Evidence
import PacketInput
import TestSupport
import Testing

/// Several flows of one participant, one after the other in one file: what the flow before still holds back is placed before the next one's sound.
struct HandoverTests {
    private static let ann = SessionScript.ann
    private static let bob = SessionScript.bob

    /// The same sender and sound with another source, from packet `first` on.
    private static func other(_ ssrc: UInt32) -> ToneSource {
        var other = ann
        other.ssrc = ssrc
        return other
    }

    private static func session(_ send: (inout CaptureScript) -> Void) async throws -> MemoryRecording {
        var session = SessionScript()
        session.open()
        send(&session.script)
        bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(4_000_000, into: &session.script)
        return try await Reconstructed.run(session.script.pcap()).only
    }

    @Test func whatWaitsForALostPacketComesFirst() async throws {
        let recording = try await Self.session { script in
            // Packet 48 is lost, so 49 waits for it when the other source goes on.
            Self.ann.send(0..<50, at: 500_000, without: [48], into: &script)
            Self.other(0xC).send(50..<100, at: 500_000, into: &script)
        }
        let expected = Self.ann.samples(0..<48) + silence(160) + Self.ann.samples(49..<100)
        #expect(try recording.samples(of: "PA") == expected)
    }
}

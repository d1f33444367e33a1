import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Who is heard by the headers of packets: keying of radios, audio levels, contributing sources.
struct HeaderEvidenceTests {
    /// A plain call whose caller's packets have what `head` gives: first octet's lower bits and what follows the fixed header.
    private static func sidecar(
        profile: String = "RTP/AVP", extra: [String] = [], _ head: (Int) -> (flags: UInt8, octets: [UInt8])
    ) async throws -> RecordingRecord {
        var script = CaptureScript()
        var sip = SIPScript()
        sip.isRecording = false
        sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv", profile: profile, extra: extra),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv", profile: profile), into: &script)
        let source = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 0xA, seed: 1)
        for number in 0..<100 {
            let packet = source.packet(number)
            let (flags, octets) = head(number)
            script.datagram(
                500_000 + number * 20_000, from: source.source, to: source.destination, [0x80 | flags] + packet[1..<12] + octets + packet[12...])
        }
        sip.close(3_000_000, into: &script)
        return try await Reconstructed.run(script.pcap()).only.sidecar
    }

    @Test(arguments: [UInt16(0x0067), 0x0167]) func keyingOfRadiosIsEvents(profile: UInt16) async throws {
        let record = try await Self.sidecar { number in
            // Pressed from 0.4 s to 1 s, as an emergency from 1 s to 1.2 s; squelch open for the last fifth.
            let kind: UInt8 = (20..<50).contains(number) ? 1 : (50..<60).contains(number) ? 4 : 0
            let word: [UInt8] = [kind << 5 | (number >= 80 ? 0x10 : 0) | (profile == 0x67 ? 3 : 0), profile == 0x67 ? 0 : 0xC0, 0, 0]
            return (0x10, CaptureScript.be16(Int(profile)) + [0, 1] + word)
        }
        let events = record.events.filter { $0.type.rawValue == "push-to-talk" || $0.type.rawValue == "squelch" }
        #expect(events.map(\.type.rawValue) == ["push-to-talk", "push-to-talk", "squelch"])
        #expect(events.map { $0.detail["kind"] } == ["normal", "emergency", nil])
        #expect(events.map(\.offset) == [0.4, 1, 1.6])
        #expect(events.map { $0.detail["duration"] } == ["0.6", "0.2", "0.38"])
        #expect(events.allSatisfy { $0.participants == ["caller"] && $0.detail["id"] == "3" })
    }

    @Test(arguments: ["RTP/AVP", "RTP/SAVP"]) func aSendersOwnLevelTellsWhenItSpoke(profile: String) async throws {
        let uri = "a=extmap:5 urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on"
        let record = try await Self.sidecar(profile: profile, extra: [uri]) { number in
            let octet: UInt8 = (25..<50).contains(number) ? 0x80 | 60 : (75..<80).contains(number) ? 20 : 127
            return (0x10, [0xBE, 0xDE, 0, 1, 0x50, octet, 0, 0])
        }
        let flow = try #require(record.streams.flatMap(\.flows).first)
        let source = try #require(flow.contributors?.first)
        #expect(flow.contributors?.count == 1 && source.ssrc == "0x0000000a" && source.basis == "client-level" && source.packets == 100)
        #expect(source.talk.map(\.offset) == [0.5, 1.5] && source.talk.map(\.duration) == [0.48, 0.08])
        #expect(source.participants == ["caller"])
    }

    @Test func aMixersLevelsTellContributorsApart() async throws {
        let uri = "a=extmap:2/sendonly urn:ietf:params:rtp-hdrext:csrc-audio-level"
        let record = try await Self.sidecar(extra: [uri]) { number in
            let levels: [UInt8] = number < 50 ? [15, 127] : [100, 30]
            return (0x12, CaptureScript.be32(0x111) + CaptureScript.be32(0x222) + [0xBE, 0xDE, 0, 1, 0x21] + levels + [0])
        }
        let sources = try #require(record.streams.flatMap(\.flows).first?.contributors)
        #expect(sources.map(\.ssrc) == ["0x00000111", "0x00000222"] && sources.allSatisfy { $0.basis == "contributor-level" })
        #expect(sources.map { $0.talk.map(\.offset) } == [[0], [1]])
        #expect(sources.allSatisfy { $0.participants == nil })
    }

    @Test func contributorsWithoutLevelsAreListed() async throws {
        let record = try await Self.sidecar { number in (0x01, CaptureScript.be32(number < 50 ? 0x111 : 0x222)) }
        let sources = try #require(record.streams.flatMap(\.flows).first?.contributors)
        #expect(sources.map { "\($0.ssrc) \($0.basis) \($0.packets)" } == ["0x00000111 contributor 50", "0x00000222 contributor 50"])
    }

    @Test func headersThatSayNothingLeaveNothing() async throws {
        let record = try await Self.sidecar { _ in (0x10, [0xBE, 0xDE, 0, 1, 0x50, 0x80, 0, 0]) }
        #expect(record.streams.flatMap(\.flows).allSatisfy { $0.contributors == nil })
    }

    @Test func aFloodOfContributorsIsBounded() async throws {
        let record = try await Self.sidecar { number in
            (0x0F, (0..<15).flatMap { CaptureScript.be32(UInt32(number * 15 + $0)) })
        }
        #expect(record.streams.flatMap(\.flows).first?.contributors?.count == 64)
    }
}

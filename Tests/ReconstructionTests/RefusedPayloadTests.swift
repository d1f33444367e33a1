import Evidence
import Foundation
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Payloads that their decoder refuses: more than 2 % of them make a recording incomplete, and a finding says which frames they are.
struct RefusedPayloadTests {
    enum Codec: String, CaseIterable, Sendable {
        case amr, opus, g729

        var number: Int { self == .g729 ? 18 : 97 }
        var map: String {
            switch self {
            case .amr: "AMR/8000\r\na=fmtp:97 octet-align=1"
            case .opus: "opus/48000/2"
            case .g729: "G729/8000"
            }
        }
        var step: Int { self == .opus ? 960 : 160 }

        func payload(_ number: Int, isBad: Bool) -> [UInt8] {
            switch self {
            // Frame type 7 has 31 octets; type 13 is reserved (RFC 4867 section 4.3.2).
            case .amr: [0xF0, isBad ? 0x6C : 0x3C] + (0..<31).map { UInt8(truncatingIfNeeded: $0 * 37 + number * 11) }
            // Two frames of one size in an odd number of octets (RFC 6716 section 3.2.3).
            case .opus: isBad ? [0xF9, 1, 2, 3] : [0xF8, 0xFF, 0xFE]
            case .g729: (0..<(isBad ? 7 : 20)).map { UInt8(truncatingIfNeeded: $0 * 41 + number * 7) }
            }
        }
    }

    private static func description(_ address: String, _ port: Int, _ direction: String, _ codec: Codec) -> String {
        SIPScript.description(address, ports: [port], direction: direction, labels: true)
            .replacingOccurrences(of: " RTP/AVP 0\r\n", with: " RTP/AVP \(codec.number)\r\n")
            .replacingOccurrences(of: "a=rtpmap:0 PCMU/8000", with: "a=rtpmap:\(codec.number) \(codec.map)")
    }

    /// 100 packets of Ann, of which those that `isBad` picks cannot be decoded.
    private func run(_ codec: Codec, _ isBad: (Int) -> Bool) async -> Reconstructed {
        var session = SessionScript()
        session.sip.open(
            0, offer: Self.description("192.0.2.1", 4000, "sendonly", codec), answer: Self.description("192.0.2.2", 6000, "recvonly", codec),
            metadata: SIPScript.annAndBob, into: &session.script)
        for number in 0..<100 {
            let head = [0x80, UInt8(codec.number)] + CaptureScript.be16(1000 + number) + CaptureScript.be32(UInt32(5000 + number * codec.step))
            session.script.datagram(
                500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination,
                head + CaptureScript.be32(0xA) + codec.payload(number, isBad: isBad(number)))
        }
        session.sip.close(3_000_000, into: &session.script)
        return await Reconstructed.run(session.script.pcap())
    }

    @Test("five of a hundred, and all of the second half", arguments: Codec.allCases, [5, 50])
    func many(codec: Codec, count: Int) async throws {
        let run = await run(codec) { count == 5 ? $0 % 20 == 10 : $0 >= 50 }
        let record = try run.only.sidecar
        let flow = try #require(record.streams.flatMap(\.flows).first)
        #expect(flow.fates?.refused == count && flow.fates?.heard == 100 - count, "\(String(describing: flow.fates))")
        #expect(!record.complete)
        let told = record.findings.filter { $0.rule == "AUD002" }
        #expect(told.reduce(0) { $0 + $1.count } == count)
        // Frames 1 to 3 open the session.
        #expect(told.first?.first?.frame == 4 + (count == 5 ? 10 : 50))
        let gaps = record.streams.flatMap(\.gaps)
        #expect(gaps.map(\.packets).reduce(0, +) == count)
        #expect(gaps.allSatisfy { $0.cause != .networkLoss && $0.cause != .discontinuousTransmission })
    }

    @Test("one of a hundred is told, and the recording stays whole", arguments: Codec.allCases)
    func few(codec: Codec) async throws {
        let record = try await run(codec) { $0 == 40 }.only.sidecar
        #expect(record.streams.flatMap(\.flows).compactMap(\.fates).map(\.refused) == [1])
        #expect(record.findings.contains { $0.rule == "AUD002" && $0.first?.frame == 44 })
    }
}

import CaptureSurvey
import Evidence
import Foundation
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// A payload type number that gets another codec by a re-INVITE: offered at 1.5 s, answered at 2.5 s, as somebody is asked.
struct PayloadTypeReuseTests {
    private static let packets = 200
    private static let start = 500_000

    private static func description(_ address: String, _ port: Int, _ codec: String) -> String {
        SIPScript.description(address, ports: [port], direction: "sendrecv").replacing("RTP/AVP 0", with: "RTP/AVP 96")
            .replacing("a=rtpmap:0 PCMU/8000", with: "a=rtpmap:96 \(codec)")
    }

    /// `packet`: timestamp and payload of each.
    private static func call(from old: String, to new: String, _ packet: (Int) -> (timestamp: Int, payload: [UInt8])) async throws -> MemoryRecording {
        var script = CaptureScript()
        var sip = SIPScript()
        sip.isRecording = false
        sip.open(0, offer: description("192.0.2.1", 4000, old), answer: description("192.0.2.2", 6000, old), into: &script)
        sip.send("INVITE", 1_500_000, cseq: 2, body: description("192.0.2.1", 4000, new), into: &script)
        sip.send("200", 2_495_000, cseq: 2, by: .server, body: description("192.0.2.2", 6000, new), into: &script)
        sip.send("ACK", 2_498_000, cseq: 2, method: "ACK", into: &script)
        for number in 0..<packets {
            let (timestamp, payload) = packet(number)
            let header = [0x80, 96] + CaptureScript.be16(1000 + number) + CaptureScript.be32(UInt32(timestamp)) + CaptureScript.be32(1)
            script.datagram(start + number * 20_000, from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), header + payload)
        }
        sip.close(5_000_000, into: &script)
        return try await Reconstructed.run(script.pcap()).only
    }

    /// A voice: a hum with overtones that swells.
    private static func voice(_ place: Int) -> Double {
        let time = Double(place) / 8000
        let hum = (1..<10).reduce(0.0) { $0 + sin(2 * .pi * 150 * Double($1) * time + Double($1)) / Double($1) }
        return 4000 * hum * (0.6 + 0.4 * sin(9 * time))
    }

    private static let muLaw = (0..<256).map { ToneSource.linear(UInt8($0)) }
    /// By the text of ITU-T G.711: even bits inverted, sign, segment, step.
    private static let aLaw = (0..<256).map { code -> Int16 in
        let bits = code ^ 0x55
        let (segment, step) = (bits >> 4 & 7, bits & 15)
        let magnitude = segment == 0 ? 2 * step + 1 : (2 * step + 33) << (segment - 1)
        return Int16((bits & 0x80 != 0 ? magnitude : -magnitude) * 8)
    }

    private static func code(_ table: [Int16], _ sample: Double) -> UInt8 {
        UInt8(table.indices.min { abs(Double(table[$0]) - sample) < abs(Double(table[$1]) - sample) } ?? 0)
    }

    /// Packet 50 is sent with the offer, packet 100 with the answer.
    @Test("from one law of G.711 to the other, taken up at any time", arguments: [60, 100, 103, 140]) func laws(change: Int) async throws {
        var expected: [Int16] = []
        let payloads = (0..<Self.packets).map { number in
            let table = number < change ? Self.muLaw : Self.aLaw
            let payload = (0..<160).map { Self.code(table, Self.voice(number * 160 + $0)) }
            expected += payload.map { table[Int($0)] }
            return payload
        }
        let samples = try await Self.call(from: "PCMU/8000", to: "PCMA/8000") { (5000 + $0 * 160, payloads[$0]) }.samples(of: "caller")
        let wrong = (0..<Self.packets).filter { Array(samples[$0 * 160..<($0 + 1) * 160]) != Array(expected[$0 * 160..<($0 + 1) * 160]) }
        // The one packet that has the change may show too little.
        #expect(wrong.allSatisfy { $0 == change }, "\(wrong)")
    }

    @Test("where packets show nothing, from the answer on") func silent() async throws {
        let samples = try await Self.call(from: "PCMU/8000", to: "PCMA/8000") { (5000 + $0 * 160, [UInt8](repeating: 0x80, count: 160)) }.samples(of: "caller")
        #expect(samples.prefix(16_000).allSatisfy { $0 == samples[0] })
        #expect(samples.dropFirst(16_000).allSatisfy { $0 == samples[16_000] && $0 != samples[0] })
    }

    /// A frame of 20 ms of Opus, of silence of any length.
    private static func opus(_ number: Int) -> [UInt8] { [0xF8] + (0..<40 + number * 37 % 90).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) } }

    @Test("from Opus to another codec, taken up at any time", arguments: [60, 100, 140], ["PCMU", "AMR"]) func opus(change: Int, codec: String) async throws {
        let recording = try await Self.call(from: "opus/48000/2", to: codec == "AMR" ? "AMR/8000\r\na=fmtp:96 octet-align=1" : "PCMU/8000") { number in
            if number < change { return (5000 + number * 960, Self.opus(number)) }
            let timestamp = 5000 + change * 960 + (number - change) * 160
            return (timestamp, codec == "AMR" ? [0xF0, 0x3C] + [UInt8](repeating: UInt8(number), count: 31) : [UInt8](repeating: 0x90, count: 160))
        }
        let flow = try #require(try recording.sidecar.streams.first?.flows.first)
        let fates = try #require(flow.fates)
        #expect(fates.missing.isEmpty, "\(fates)")
    }
}

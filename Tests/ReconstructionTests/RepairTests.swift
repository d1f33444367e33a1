import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Loss that the sender repairs, and clocks that it reports.
struct RepairTests {
    private static let extra = ["a=rtpmap:97 rtx/8000", "a=fmtp:97 apt=0;rtx-time=200", "a=rtpmap:98 ulpfec/8000", "a=rtpmap:99 red/8000", "a=fmtp:99 0/98"]

    private static func session(_ send: (inout CaptureScript) -> Void) -> CaptureScript {
        var session = SessionScript()
        let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true, extra: Self.extra)
        let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly", extra: Self.extra)
        func formats(_ text: String) -> String {
            text.split(separator: "\r\n").map { ($0.hasPrefix("m=") ? "\($0) 97 98 99" : $0) + "\r\n" }.joined()
        }
        session.sip.open(0, offer: formats(offer), answer: formats(answer), metadata: SIPScript.annAndBob, into: &session.script)
        send(&session.script)
        session.sip.close(4_000_000, into: &session.script)
        return session.script
    }

    private static let lost: Set = [20, 21, 50]

    /// Whatever restores it, the audio is that of a lossless call, in the same file.
    private func check(_ script: CaptureScript, _ path: KeyPath<FlowRecord.Recovered, Int?>) async throws {
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(try recording.sidecar.files.count { $0.sampleRate != nil } == 1)
        let flow = try #require(try recording.sidecar.streams.flatMap(\.flows).first { $0.ssrc == "0x0000000A" || $0.ssrc == "0x0000000a" })
        #expect(flow.recovered?[keyPath: path] == 3)
        #expect(flow.lost == 0)
        #expect(try recording.sidecar.streams.flatMap(\.gaps).filter { $0.cause == .networkLoss }.isEmpty)
        #expect(try !recording.sidecar.events.contains { $0.type == .ssrcChange })
    }

    @Test func retransmissionsOfAnotherSource() async throws {
        let ann = SessionScript.ann
        let script = Self.session { script in
            for number in 0..<100 {
                let time = 500_000 + 20_000 * number
                if !Self.lost.contains(number) { script.datagram(time, from: ann.source, to: ann.destination, ann.packet(number)) }
                guard number >= 5, Self.lost.contains(number - 5) else { continue }
                let original = ann.packet(number - 5)
                var packet: [UInt8] = [0x80, 97] + CaptureScript.be16(7000 + number) + original[4..<8] + CaptureScript.be32(0xAA)
                packet += original[2..<4] + original[12...]
                script.datagram(time + 7000, from: ann.source, to: ann.destination, packet)
            }
        }
        try await check(script, \.retransmission)
    }

    /// The exclusive or of four packets of one length (RFC 5109 section 8), all in one level.
    static func parity(_ packets: [[UInt8]]) -> [UInt8] {
        var sum = [UInt8](repeating: 0, count: packets[0].count)
        for packet in packets { for (index, octet) in packet.enumerated() { sum[index] ^= octet } }
        let count = packets[0].count - 12
        let length = packets.count % 2 == 0 ? 0 : count
        let mask = 0xFFFF << (16 - packets.count) & 0xFFFF
        return [sum[0] & 0x3F, sum[1]] + packets[0][2..<4] + sum[4..<8] + CaptureScript.be16(length) + CaptureScript.be16(count) + CaptureScript.be16(mask)
            + sum[12...]
    }

    /// One parity packet behind every two: no two of the lost are in one group.
    @Test func parityOfAnotherSource() async throws {
        let ann = SessionScript.ann
        let script = Self.session { script in
            for number in 0..<100 {
                let time = 500_000 + 20_000 * number
                if !Self.lost.contains(number) { script.datagram(time, from: ann.source, to: ann.destination, ann.packet(number)) }
                guard number % 2 == 0, number > 0 else { continue }
                let parity = Self.parity([ann.packet(number - 1), ann.packet(number)])
                let packet: [UInt8] = [0x80, 98] + CaptureScript.be16(3000 + number / 2) + ann.packet(number)[4..<8] + CaptureScript.be32(0xFEC) + parity
                script.datagram(time + 1000, from: ann.source, to: ann.destination, packet)
            }
        }
        try await check(script, \.parity)
    }

    /// Parity as a block beside the audio (RFC 5109 section 14.2): it protects the packets as they would be without blocks.
    @Test func parityInRedundantPayloads() async throws {
        let ann = SessionScript.ann
        let script = Self.session { script in
            for number in 0..<100 where !Self.lost.contains(number) {
                let plain = ann.packet(number)
                var packet: [UInt8] = [plain[0], 99] + plain[2..<12]
                if number >= 2 {
                    let parity = Self.parity([ann.packet(number - 2), ann.packet(number - 1)])
                    packet += [0x80 | 98, 0, UInt8(parity.count >> 8), UInt8(parity.count & 0xFF), 0] + parity
                } else {
                    packet += [0]
                }
                script.datagram(500_000 + 20_000 * number, from: ann.source, to: ann.destination, packet + plain[12...])
            }
        }
        try await check(script, \.parity)
    }

    // MARK: reports

    /// Ann's and Bob's streams begin together; Bob's packets take `late` longer. Reports come each half second, `error` off for Bob.
    private static func reports(late: Int, error: (Int) -> Int, off: Int = 0) -> CaptureScript {
        session { script in
            SessionScript.ann.send(0..<100, at: 500_000, into: &script)
            SessionScript.bob.send(0..<100, at: 500_000 + late, into: &script)
            for second in 0..<4 {
                for (source, delay, wrong) in [(SessionScript.ann, 0, 0), (SessionScript.bob, late, error(second))] {
                    let time = 600_000 + 500_000 * second
                    let microseconds = CaptureScript.epoch * 1_000_000 + time + wrong + off
                    let fraction = UInt32(UInt64(microseconds % 1_000_000) << 32 / 1_000_000)
                    let timestamp = source.firstTimestamp &+ UInt32((time - 500_000) * 8 / 1000)
                    let report: [UInt8] =
                        [0x80, 200, 0, 6] + CaptureScript.be32(source.ssrc)
                        + CaptureScript.be32(UInt32(truncatingIfNeeded: microseconds / 1_000_000 + 2_208_988_800)) + CaptureScript.be32(fraction)
                        + CaptureScript.be32(timestamp) + CaptureScript.be32(50) + CaptureScript.be32(8000)
                    let from = Socket(0xC000_0201, source.source.port + 1), to = Socket(0xC000_0202, source.destination.port + 1)
                    script.datagram(time + delay, from: from, to: to, report)
                }
            }
        }
    }

    /// Frames by which Bob's sound stands after Ann's.
    private func shift(_ script: CaptureScript) async throws -> (frames: Int?, timing: FlowRecord.Timing?) {
        let recording = try await Reconstructed.run(script.pcap()).only
        let samples = try recording.samples(of: "PB")
        let first = SessionScript.bob.samples(0..<1)
        let flow = try recording.sidecar.streams.flatMap(\.flows).first { $0.ssrc.hasSuffix("b") || $0.ssrc.hasSuffix("B") }
        return ((0..<3000).first { samples.count >= $0 + 160 && Array(samples[$0..<$0 + 160]) == first }, flow?.timing)
    }

    @Test func reportsTellALongerWay() async throws {
        let moved = try await shift(Self.reports(late: 80_000) { _ in 0 })
        #expect(moved.frames == 0)
        #expect(moved.timing?.basis == "sender-reports")
        #expect(moved.timing?.moved == 0.08)
        // A clock that is seconds off is the same for both.
        #expect(try await shift(Self.reports(late: 80_000, error: { _ in 0 }, off: 7_000_000)).frames == 0)
    }

    /// Whatever is wrong with the reports, the arrivals place the sound.
    @Test(arguments: ["days", "rate", "jump", "mixer", "slight"]) func wrongReportsMoveNothing(kind: String) async throws {
        let moved = try await shift(
            Self.reports(
                late: kind == "slight" ? 10_000 : 80_000,
                error: { second in
                    switch kind {
                    case "rate": second * 100_000
                    case "jump": second == 2 ? 900_000 : 0
                    case "mixer": -400_000
                    default: 0
                    }
                }, off: kind == "days" ? 3 * 86_400_000_000 : 0))
        #expect(moved.frames == (kind == "slight" ? 80 : 640))
        #expect(moved.timing?.basis == (kind == "slight" ? nil : "arrival"))
        #expect(moved.timing?.moved == nil)
    }
}

import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

/// AMR whose frames are dealt out over groups of packets (RFC 4867 section 4.4.1), and AMR with checksums.
struct InterleavingTests {
    /// Frames of 12.2 kbit/s, from the codec's vectors, without their entries.
    private static let speech: [[UInt8]] = [
        "11b86e554778232b75858a5070b49bdbc96d8578181da92b01250d6dec3c80", "288e938ed178a7eb4fc7287d4cf523470028a4ce41004e08ef7def7749ae60",
        "f29167ef807dfdebd6d78aea712517aef64659420875f700d75cf7824fba70",
    ].map { Hex.decode($0) ?? [] }

    private static func map(_ parameters: String) -> [PayloadType: CodecDescription] {
        [
            PayloadType(96): CodecDescription(encoding: "AMR", clockRate: .narrowband, parameters: parameters),
            PayloadType(0): CodecDescription(encoding: "PCMU", clockRate: .narrowband),
        ]
    }

    /// Which of the frames stands where, by chance: every other order sounds otherwise.
    private static func order(_ count: Int) -> [[UInt8]] {
        var random = SeededRandom(seed: 48_67)
        return (0..<count).map { _ in speech[Int(random.next() % 3)] }
    }

    /// The sound of the frames one after the other, without RTP; nil for a frame that did not come.
    private static func sound(_ frames: [[UInt8]?]) throws -> [Int16] {
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "AMR", clockRate: .narrowband, parameters: "octet-align=1")))
        var out: [Int16] = []
        for frame in frames {
            if let frame { _ = decoder.decode(([0xF0, 0x3C] + frame).span.bytes, into: &out) } else { out += [Int16](repeating: 0, count: 160) }
        }
        return out
    }

    private struct Packet {
        let sequence: Int
        let timestamp: Int
        let milliseconds: Double
        let payload: [UInt8]
    }

    /// Packets of a group of `length`, `each` frames a packet; they leave when the last frame of the group was spoken, one every 20 ms.
    private static func packets(_ frames: [[UInt8]], length: Int, each: Int, sequence: Int = 0, timestamp: Int = 0) -> [Packet] {
        stride(from: 0, to: frames.count, by: length * each).enumerated().flatMap { number, start in
            (0..<length).map { index in
                let own = (0..<each).map { frames[start + index + $0 * length] }
                let entries = own.indices.map { UInt8(0x3C | ($0 < each - 1 ? 0x80 : 0)) }
                return Packet(
                    sequence: sequence + number * length + index, timestamp: timestamp + 160 * (start + index),
                    milliseconds: Double(20 * (start + length * (each - 1) + index)),
                    payload: [0xF0, UInt8((length - 1) << 4 | index)] + entries + own.flatMap(\.self))
            }
        }
    }

    private static func samples(_ bench: Bench, from first: Int64) -> [Int16] {
        var out = [Int16](repeating: 0, count: Int(bench.sink.end - first))
        for run in bench.sink.runs {
            for (index, sample) in run.samples.enumerated() where run.position - first + Int64(index) >= 0 { out[Int(run.position - first) + index] = sample }
        }
        return out
    }

    /// Groups of two to sixteen packets, numbers and timestamps that wrap, and the order of arrival mixed up to a degree.
    @Test(arguments: [(2, 1, 0), (2, 3, 1), (4, 5, 2), (16, 2, 3), (16, 4, 0), (1, 4, 2)])
    func framesAreHeardInTheOrderOfTime(length: Int, each: Int, mixed: Int) throws {
        let frames = Self.order(length * each * 6)
        var packets = Self.packets(frames, length: length, each: each, sequence: 65_530, timestamp: 0xFFFF_FF00)
        for index in stride(from: 0, to: packets.count - mixed, by: mixed + 3) where mixed > 0 { packets.swapAt(index, index + mixed) }
        let times = packets.map(\.milliseconds).sorted()
        var bench = Bench(map: Self.map("interleaving=64"))
        for (packet, time) in zip(packets, times) {
            bench.push(packet.sequence, packet.timestamp, at: 1000 + time, payload: packet.payload)
            // A second copy changes nothing.
            if packet.sequence % 5 == 0 { bench.push(packet.sequence, packet.timestamp, at: 1000 + time + 1, payload: packet.payload) }
        }
        bench.finish()
        let first = try #require(bench.sink.runs.map(\.position).min())
        #expect(Self.samples(bench, from: first) == (try Self.sound(frames)))
        #expect(bench.sink.gaps.isEmpty && bench.statistics.lost == 0)
        #expect(bench.statistics.duplicates == packets.count { $0.sequence % 5 == 0 })
        // What is heard begins as long before the first packet as that waited for its last frame, and not a group earlier or later.
        if mixed == 0 { #expect(first == Int64(8000 + 160 * (each - 1) - 40)) }
    }

    /// One packet costs single frames, as many as it had; they are told where they belong.
    @Test func aLostPacketLeavesHolesOfOneFrame() throws {
        let frames = Self.order(60)
        var bench = Bench(map: Self.map("interleaving=20"))
        for packet in Self.packets(frames, length: 4, each: 5) where packet.sequence != 5 {
            bench.push(packet.sequence, packet.timestamp, at: packet.milliseconds, payload: packet.payload)
        }
        bench.finish()
        let missing = [21, 25, 29, 33, 37]
        let first = try #require(bench.sink.runs.map(\.position).min())
        #expect(Self.samples(bench, from: first) == (try Self.sound(frames.enumerated().map { missing.contains($0.offset) ? nil : $0.element })))
        let start = Double(first) / 8
        #expect(bench.sink.gaps.map { Int((($0.start.seconds(since: Bench.start) * 1000 - start) / 20).rounded()) } == missing)
        #expect(bench.sink.gaps.allSatisfy { $0.cause == .networkLoss && $0.packets == 1 && abs($0.duration - 0.02) < 1e-9 })
        #expect(bench.statistics.lost == 1)
    }

    @Test func aLostGroupIsOneGap() throws {
        let frames = Self.order(80)
        var bench = Bench(map: Self.map("interleaving=20"))
        for packet in Self.packets(frames, length: 4, each: 5) where !(4..<8).contains(packet.sequence) {
            bench.push(packet.sequence, packet.timestamp, at: packet.milliseconds, payload: packet.payload)
        }
        bench.finish()
        #expect(bench.sink.gaps.map { [Int(($0.duration * 1000).rounded()), $0.packets ?? 0] } == [[400, 20]])
        #expect(bench.statistics.lost == 4)
        #expect(bench.sink.frames == 60 * 160)
    }

    /// Another codec takes over, and after it groups again.
    @Test func otherPacketsGoOnInLine() {
        let packets = Self.packets(Self.order(40), length: 4, each: 5)
        var bench = Bench(map: Self.map("interleaving=20"))
        for packet in packets { bench.push(packet.sequence, packet.timestamp, at: packet.milliseconds, payload: packet.payload) }
        for index in 0..<20 {
            bench.push(8 + index, 160 * (40 + index), at: 860 + Double(20 * index), type: 0, payload: [UInt8](repeating: 0x55, count: 160))
        }
        bench.finish()
        #expect(bench.statistics.lost == 0 && bench.statistics.strays == 0)
        #expect(bench.sink.runs.reduce(0) { $0 + $1.samples.count } >= 59 * 160)
        #expect(bench.playout.events.map(\.kind) == [.codecChange(PayloadType(0))])
    }

    /// A frame whose checksum does not fit is not heard; the others of its packet are.
    @Test func damagedFramesAreLeftOut() throws {
        let checksums: [UInt8] = [0xF3, 0x13, 0x98]
        var bench = Bench(map: Self.map("crc=1"))
        for index in 0..<50 {
            var second = Self.speech[2]
            if index == 25 { second[3] ^= 0x10 }
            bench.push(
                index, 320 * index, at: Double(40 * index), payload: [0xF0, 0xBC, 0x3C, checksums[1], checksums[2]] + Self.speech[1] + second)
        }
        bench.finish()
        #expect(bench.sink.gaps.map { [Int(($0.duration * 1000).rounded()), $0.packets ?? 0] } == [[20, 1]])
        #expect(bench.sink.gaps.map(\.cause) == [.unknown])
        #expect(bench.statistics.undecodable == 1 && bench.statistics.lost == 0)
        #expect(bench.playout.incidents.map(\.kind) == [.undecodable])
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func randomGroupsStayBounded(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var bench = Bench(map: Self.map(seed % 2 == 0 ? "interleaving=100" : "interleaving=100;crc=1"))
        for index in 0..<2000 {
            let frames = (0..<Int(random.next() % 4 + 1)).map { _ in Self.speech[Int(random.next() % 3)] }
            let entries = frames.indices.map { UInt8(0x3C | ($0 < frames.count - 1 ? 0x80 : 0)) }
            let checksums = seed % 2 == 0 ? [] : frames.map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let payload = [0xF0, UInt8(truncatingIfNeeded: random.next())] + entries + checksums + frames.flatMap(\.self)
            let isWild = random.next() % 3 == 0
            bench.push(
                isWild ? Int(random.next() % 65_536) : index, isWild ? Int(random.next() % 0xFFFF_FFFF) : 160 * index, at: Double(20 * index),
                type: random.next() % 50 == 0 ? 0 : 96, payload: random.next() % 20 == 0 ? random.bytes(40) : payload)
        }
        bench.finish()
        // Nothing overlaps, and nothing is longer than what came.
        let runs = bench.sink.runs.sorted { $0.position < $1.position }
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.position + Int64($0.samples.count) <= $1.position })
        #expect(bench.sink.frames <= 2000 * 4 * 160)
        #expect(bench.statistics.packets == 2000)
    }
}

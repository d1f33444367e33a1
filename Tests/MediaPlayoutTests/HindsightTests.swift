import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

/// Where sound stands when it is decided over all packets of a stream.
struct HindsightTests {
    /// One packet of 20 ms; its number in the list is its tag.
    struct Packet {
        var sequence: Int
        var timestamp: Int
        /// Milliseconds after the start.
        var at: Double
        var isMarked = false
    }

    /// An even stream.
    static func even(_ count: Int, first sequence: Int = 65_000) -> [Packet] {
        (0..<count).map { Packet(sequence: sequence + $0, timestamp: 4_000_000_000 + 160 * $0, at: Double($0) * 20) }
    }

    /// Packets from number `at` on are held for `stall` seconds, then come `rate` times as fast as they were sent.
    static func stall(_ packets: [Packet], at: Int, seconds stall: Double, rate: Double) -> [Packet] {
        var out = packets
        var due = packets[at].at + stall * 1000
        for index in at..<packets.count {
            due = index == at ? due : max(packets[index].at, due + 20 / rate)
            out[index].at = due
        }
        return out
    }

    static func timeline(_ packets: [Packet]) -> FlowTimeline? {
        let first = packets[0]
        func origin(_ index: Int) -> Origin { Origin(capture: 0, frame: UInt32(index + 1)) }
        func number(_ packet: Packet) -> SequenceNumber { SequenceNumber(UInt16(truncatingIfNeeded: packet.sequence)) }
        func stamp(_ packet: Packet) -> RTPTimestamp { RTPTimestamp(UInt32(truncatingIfNeeded: packet.timestamp)) }
        var trace = ClockTrace(arrival: Bench.time(first.at), sequence: number(first), timestamp: stamp(first), origin: origin(0))
        for (index, packet) in packets.enumerated().dropFirst() {
            trace.add(
                arrival: Bench.time(packet.at), sequence: number(packet), timestamp: stamp(packet), isMarked: packet.isMarked, origin: origin(index))
            if index == 15 { trace.begin(packets[..<16].map { (Bench.time($0.at), stamp($0)) }, first: number(first), known: .narrowband) }
        }
        return trace.timeline
    }

    /// Plays packets by what is decided over all of them.
    static func play(_ packets: [Packet], change: (inout StreamPlayout.Configuration) -> Void = { _ in }) -> Bench {
        var bench = Bench {
            $0.timeline = timeline(packets)
            change(&$0)
        }
        for (index, packet) in packets.enumerated() {
            bench.push(packet.sequence, packet.timestamp, at: packet.at, tag: index % 30_000, isMarked: packet.isMarked)
        }
        bench.finish()
        return bench
    }

    /// Tag of the packet heard at each 20 ms; nil in silence.
    static func heard(_ bench: Bench) -> [Int: Int] {
        var out: [Int: Int] = [:]
        for run in bench.sink.runs { for index in stride(from: 0, to: run.samples.count, by: 160) { out[Int(run.position) + index] = Int(run.samples[index]) } }
        return out
    }

    static func isWhole(_ bench: Bench, _ count: Int, from start: Int = 0) -> Bool {
        heard(bench) == Dictionary(uniqueKeysWithValues: (0..<count).map { (start + $0 * 160, $0 % 30_000) })
    }

    @Test(arguments: [0.5, 1, 2, 4, 6, 12, 30], [1.05, 1.2, 1.5, 2, 3, 10])
    func aStallMovesNothing(seconds: Double, rate: Double) {
        let all = Self.even(500 + Int(50 * seconds / (rate - 1) * rate) + 200)
        let packets = Self.stall(all, at: 300, seconds: seconds, rate: rate)
        let bench = Self.play(packets)
        #expect(Self.isWhole(bench, packets.count))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.playout.incidents.isEmpty)
        // Nor where the capture ends before all that was held up has come.
        let cut = Array(packets[..<(320 + Int(20 * seconds / (rate - 1)))])
        #expect(Self.isWhole(Self.play(cut), cut.count), "cut after \(cut.count)")
    }

    @Test func stallsUponStallsMoveNothing() {
        var packets = Self.even(6000)
        for (at, seconds, rate) in [(100, 3.0, 1.1), (400, 2.0, 1.3), (450, 0.4, 1.05), (2500, 8.0, 1.2)] {
            packets = Self.stall(packets, at: at, seconds: packets[at].at / 1000 - Double(at) * 0.02 + seconds, rate: rate)
        }
        #expect(Self.isWhole(Self.play(packets), packets.count))
    }

    @Test(arguments: [1, 2, 5, 19, 63, 64, 65, 200, 500, 2999, 3001, 5000, 20_000, 32_767, 32_768, 40_000], [-1, 1])
    func numbersThatStepLoseNothing(step: Int, sign: Int) {
        var packets = Self.even(600)
        for index in 300..<600 { packets[index].sequence += sign * step }
        let bench = Self.play(packets)
        #expect(Self.isWhole(bench, 600))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.playout.incidents.map(\.kind) == [.reset])
        #expect(bench.playout.outcome.statistics.lost == 0)
    }

    /// A sender that stops its timestamps while it is silent.
    @Test(arguments: [1.5, 3, 8, 40], [false, true])
    func aPauseThatIsNotCountedMovesWhatFollows(seconds: Double, isMarked: Bool) {
        var packets = Self.even(900)
        for index in 300..<900 { packets[index].at += seconds * 1000 }
        for index in 600..<900 { packets[index].at += seconds * 1000 }
        packets[300].isMarked = isMarked
        let bench = Self.play(packets)
        let shift = Int(seconds * 8000)
        let expected = (0..<900).map { ($0 * 160 + shift * ($0 / 300), $0) }
        #expect(Self.heard(bench) == Dictionary(uniqueKeysWithValues: expected))
        #expect(bench.sink.gaps.map(\.duration) == [seconds, seconds])
    }

    @Test func aPauseIsToldFromAStallThatFollowsIt() {
        var packets = Self.even(3000)
        for index in 300..<3000 { packets[index].at += 5000 }
        packets = Self.stall(packets, at: 300, seconds: 3, rate: 1.5)
        let bench = Self.play(packets)
        let expected = (0..<3000).map { ($0 * 160 + ($0 < 300 ? 0 : 40_000), $0) }
        #expect(Self.heard(bench) == Dictionary(uniqueKeysWithValues: expected))
    }

    @Test func aStallAtTheBeginningIsSeenFromItsEnd() {
        let packets = Self.stall(Self.even(1000), at: 0, seconds: 4, rate: 2)
        let timeline = Self.timeline(packets)
        // The first packet was sent four seconds before it came.
        #expect(timeline?.pieces.first?.earliest == Bench.time(0))
        let isWhole = Self.isWhole(Self.play(packets), 1000)
        #expect(isWhole)
    }

    /// A sender that is silent now and then, as its timestamps say, while the network holds its packets up.
    @Test(arguments: [(2.0, 1.2), (2, 1.5), (3, 1.2), (6, 1.2), (6, 3), (20, 1.2), (20, 1.5)], [(0.2, 1.0), (0.6, 2.0), (2.0, 1.0), (0.1, 0.4)])
    func silencesWhileAStallDrainsMoveNothing(stall: (seconds: Double, rate: Double), pause: (at: Double, seconds: Double)) {
        let (seconds, rate) = stall
        var packets = Self.even(4000)
        var expected: [Int: Int] = [:]
        for index in packets.indices {
            // Talk for a second and pause for half of one, from the stall on, beside the one pause.
            var silent = index >= 500 + Int(pause.at * 50) ? pause.seconds : 0
            if rate == 1.5, index > 600 { silent += Double((index - 600) / 50) * 0.5 }
            packets[index].at += silent * 1000
            packets[index].timestamp += Int(silent * 8000)
            packets[index].isMarked = index > 0 && packets[index].timestamp - packets[index - 1].timestamp > 160
            expected[index * 160 + Int(silent * 8000)] = index
        }
        let bench = Self.play(Self.stall(packets, at: 500, seconds: seconds, rate: rate))
        #expect(Self.heard(bench) == expected)
        #expect(bench.sink.gaps.allSatisfy { $0.cause == .discontinuousTransmission && ($0.duration == 0.5 || $0.duration == pause.seconds) })
    }

    /// The sender pauses, does not count it, and numbers anew.
    @Test(arguments: [-500, -1, 5, 700, 32_767, 32_768, 40_000]) func anUncountedPauseWithOtherNumbersMovesWhatFollows(step: Int) {
        var packets = Self.even(600)
        for index in 300..<600 {
            packets[index].sequence += step
            packets[index].at += 2000
        }
        #expect(Self.heard(Self.play(packets)) == Dictionary(uniqueKeysWithValues: (0..<600).map { ($0 * 160 + ($0 < 300 ? 0 : 16_000), $0) }))
        // The same silence, counted.
        for index in 300..<600 { packets[index].timestamp += 16_000 }
        #expect(Self.heard(Self.play(packets)) == Dictionary(uniqueKeysWithValues: (0..<600).map { ($0 * 160 + ($0 < 300 ? 0 : 16_000), $0) }))
    }

    @Test func everythingTwiceIsTheSame() {
        let packets = Self.stall(Self.even(1500), at: 300, seconds: 4, rate: 1.5)
        let twice = packets.flatMap { packet -> [Packet] in
            var copy = packet
            copy.at += 0.1
            return [packet, copy]
        }
        var bench = Bench { $0.timeline = Self.timeline(twice) }
        for (index, packet) in twice.enumerated() { bench.push(packet.sequence, packet.timestamp, at: packet.at, tag: index / 2) }
        bench.finish()
        #expect(Self.isWhole(bench, 1500))
    }

    @Test func otherNumbersAndTimestampsArePlacedByTheirArrival() {
        var packets = Self.even(900)
        for index in 400..<900 {
            packets[index].sequence += 12_345
            packets[index].timestamp += 777_777_777
            packets[index].at += 2000
        }
        let bench = Self.play(packets)
        let expected = (0..<900).map { ($0 * 160 + ($0 < 400 ? 0 : 16_000), $0) }
        #expect(Self.heard(bench) == Dictionary(uniqueKeysWithValues: expected))
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func jitterLossAndStallsMoveNothing(seed: UInt64) {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        var packets = Self.even(3000)
        var expected: [Int: Int] = [:]
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let at = Int.random(in: 20..<2500, using: &random)
            packets = Self.stall(
                packets, at: at, seconds: packets[at].at / 1000 - Double(at) * 0.02 + .random(in: 0.1...6, using: &random),
                rate: .random(in: 1.5...6, using: &random))
        }
        var latest = 0.0
        for index in packets.indices {
            packets[index].at = max(latest, packets[index].at + .random(in: 0...30, using: &random))
            latest = packets[index].at
            expected[index * 160] = index
        }
        packets[0].at = 0
        let kept = packets.enumerated().filter { $0.offset < 20 || Int.random(in: 0..<100, using: &random) > 0 }
        var bench = Bench { $0.timeline = Self.timeline(kept.map(\.element)) }
        for (index, packet) in kept { bench.push(packet.sequence, packet.timestamp, at: packet.at, tag: index) }
        bench.finish()
        for (index, _) in packets.enumerated() where !kept.contains(where: { $0.offset == index }) { expected[index * 160] = nil }
        #expect(Self.heard(bench) == expected)
        #expect(bench.sink.gaps.allSatisfy { $0.cause == .networkLoss })
    }
}

import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

@Suite struct ResetTests {
    @Test(arguments: [(40_000, 3_000_000_000), (60, 1_000_000_000)])
    func newNumberingIsPlacedByArrival(sequence: Int, timestamp: Int) {
        var bench = Bench()
        bench.run(0..<60)
        for index in 0..<60 { bench.push(sequence + index, timestamp + 160 * index, at: 1300 + 20 * Double(index)) }
        bench.finish()
        let after: [[Int]] = (0..<60).map { [10_400 + 160 * $0, (sequence + $0) & 0x7FFF] }
        #expect(bench.sink.starts == Bench.expected(0..<60) + after)
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1200, 100, nil, .unknown)])
        #expect(bench.playout.events.map(\.kind) == [sequence == 60 ? .timestampReset : .sequenceReset])
        #expect(bench.statistics.strays == 0)
        #expect(bench.statistics.lost == 0)
    }

    @Test func oneStrayPacketChangesNothing() {
        var bench = Bench()
        bench.run(0..<50)
        bench.push(33_333, 2_222_222_222, at: 999)
        bench.run(50..<100)
        bench.push(12_345, 17, at: 1999)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<100))
        #expect(bench.statistics.strays == 2)
        #expect(bench.playout.events.isEmpty)
        #expect(bench.sink.gaps.isEmpty)
    }

    @Test func strayAmongTheFirstPacketsDoesNotAnchorTheStream() {
        var bench = Bench()
        bench.push(9999, 77, at: 0)
        bench.run(0..<50, at: 20)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<50, shift: 160))
        #expect(bench.statistics.strays == 1)
    }

    @Test func jumpBackByTheEnvelopeNeverWritesTwice() {
        var bench = Bench()
        bench.run(0..<60)
        // The new numbering arrives earlier than the old one's line ends: moved behind it, no sound lost.
        for index in 0..<40 { bench.push(30_000 + index, 160 * index, at: 1190 + 20 * Double(index)) }
        bench.finish()
        let after: [[Int]] = (0..<40).map { [9600 + 160 * $0, 30_000 + $0] }
        #expect(bench.sink.starts == Bench.expected(0..<60) + after)
        #expect(bench.statistics.trimmedFrames == 0)
    }

    @Test func firstPacketBeforeTheTimelineIsMovedToItsStart() {
        var bench = Bench()
        bench.run(0..<30, at: -100)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<30))
    }

    @Test func gapBeyondTheBoundEndsTheStream() {
        var bench = Bench { $0.gapSeconds = 3600 }
        bench.run(0..<50)
        for index in 50..<90 { bench.push(index, 160 * index + 8000 * 4000, at: 20 * Double(index) + 4_000_000) }
        bench.finish()
        #expect(bench.sink.end == 160 * 50)
        #expect(bench.statistics.refused == 40)
        #expect(bench.playout.incidents.map(\.kind.rule.code) == ["PLY006"])
    }

    @Test func clockChangeWithTheCodecIsPlacedByArrival() throws {
        var map = Bench.map
        map[PayloadType(97)] = CodecDescription(encoding: "L16", clockRate: try #require(ClockRate(16000)))
        var bench = Bench(rate: 16000, map: map)
        bench.run(0..<50)
        for index in 50..<100 { bench.push(index, 8000 + 320 * (index - 50), at: 20 * Double(index), type: 97, payload: Bench.payload(tag: 500, frames: 320)) }
        bench.finish()
        #expect(bench.playout.events.map(\.kind) == [.clockChange, .codecChange(PayloadType(97))])
        #expect(bench.sink.end == 16000 * 2)
        #expect(bench.sink.frames == 32000)
        #expect(bench.statistics.lost == 0)
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func hostileNumbersStayBounded(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var bench = Bench()
        // Pieces of this: fresh octets for each packet cost more than the playout.
        let octets = random.bytes(800)
        var milliseconds = 0.0
        let types: [UInt8] = [96, 96, 96, 0, 13, 18, 101, 77]
        var sequence = 0
        var timestamp = 0
        for _ in 0..<2000 {
            milliseconds += Double(random.next() % 40)
            switch random.next() % (seed % 2 == 0 ? 2 : 20) {
            case 0:
                sequence = Int(random.next() & 0xFFFF)
                timestamp = Int(random.next() & 0xFFFF_FFFF)
            case 1: timestamp = Int(random.next() & 0xFFFF_FFFF)
            default:
                sequence += 1
                timestamp += 160
            }
            let start = Int(random.next() % 400)
            let payload = Array(octets[start..<start + Int(random.next() % 400)])
            bench.push(sequence, timestamp, at: milliseconds, type: types[Int(random.next() % 8)], payload: payload)
        }
        bench.finish()
        let limit = Int64(milliseconds * 8) + 8000 * 12
        #expect(bench.sink.end <= limit, "seed \(seed)")
        var end: Int64 = 0
        let isOrdered = bench.sink.runs.allSatisfy { run in
            defer { end = run.position + Int64(run.samples.count) }
            return run.position >= end
        }
        #expect(isOrdered, "seed \(seed)")
        #expect(bench.sink.gaps.allSatisfy { $0.duration > 0 && $0.duration <= Double(limit) / 8000 }, "seed \(seed)")
        let s = bench.statistics
        let fates: [Int] = [s.played, s.notAudio, s.unavailable, s.unsupported, s.unmapped, s.undecodable, s.duplicates, s.late, s.strays, s.refused]
        let sum = fates.reduce(0, +)
        #expect(sum == s.packets, "seed \(seed)")
    }

    @Test func hostileArrivalTimesDoNotTrap() {
        var random = SeededRandom(seed: 4711)
        var playout = StreamPlayout(.init(timelineStart: Bench.start, trackRate: 48000, payloadMap: Bench.map))
        var sink = Recorder()
        let payload = [UInt8](repeating: 3, count: 320)
        for index in 0..<3000 {
            let odd: [Int64] = [.min, .max, 0, Bench.start.nanoseconds, Int64(bitPattern: random.next())]
            let packet = PlayoutPacket(
                sequence: SequenceNumber(UInt16(truncatingIfNeeded: random.next() % 7 == 0 ? Int(random.next() & 0xFFFF) : index)),
                timestamp: RTPTimestamp(UInt32(truncatingIfNeeded: random.next())), payloadType: PayloadType(96),
                arrival: CaptureTime(nanoseconds: odd[Int(random.next() % 5)]), origin: Origin(capture: 0, frame: 1), payload: payload.span.bytes)
            playout.push(packet, into: &sink)
            if index % 50 == 0 { playout.advance(to: CaptureTime(nanoseconds: odd[Int(random.next() % 5)]), into: &sink) }
        }
        playout.finish(into: &sink)
        #expect(playout.statistics.packets == 3000)
    }
}

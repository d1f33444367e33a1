import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

@Suite struct OrderTests {
    @Test func packetsInOrderStandAtTheirExactPlaces() {
        var bench = Bench()
        bench.run(0..<100, at: 1000)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<100, shift: 8000))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.statistics.played == 100)
        #expect(bench.statistics.endPosition == 8000 + 16000)
        #expect(bench.statistics.payloadTypes.map(\.packets) == [100])
        #expect(bench.statistics.jitter == 0)
    }

    @Test func sequenceAndTimestampWrap() {
        var bench = Bench()
        let (sequence, timestamp) = (65_500, 0xFFFF_FFFF - 160 * 60 + 1)
        bench.run(0..<200, sequence: sequence, timestamp: timestamp)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<200, sequence: sequence))
        #expect(bench.statistics.lost == 0)
        #expect(bench.playout.events.isEmpty)
    }

    @Test func reorderedPacketsAreSorted() {
        var bench = Bench()
        var order = Array(0..<100)
        order.swapAt(0, 2)
        order.swapAt(40, 41)
        order.swapAt(60, 65)
        order.swapAt(98, 99)
        for (turn, index) in order.enumerated() { bench.push(index, 160 * index, at: 20 * Double(turn)) }
        bench.finish()
        // Number 0 came 40 ms late and 2 came 40 ms early: the envelope follows the earliest.
        let shift = Int(bench.sink.starts[0][0])
        #expect(bench.sink.starts == Bench.expected(0..<100, shift: shift))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.statistics.lost == 0)
        #expect(bench.statistics.late == 0)
        #expect(bench.statistics.reordered > 0)
    }

    @Test func duplicatesAreCountedAndDropped() {
        var bench = Bench()
        for index in 0..<60 {
            bench.push(index, 160 * index, at: 20 * Double(index))
            if index % 3 == 0 { bench.push(index, 160 * index, at: 20 * Double(index) + 1) }
        }
        bench.push(55, 160 * 55, at: 1200)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<60))
        #expect(bench.statistics.duplicates == 21)
        #expect(bench.statistics.late == 0)
    }

    @Test(arguments: [([30], [GapRow(600, 20, 1, .networkLoss)]), ([30, 31, 32, 70], [GapRow(600, 60, 3, .networkLoss), GapRow(1400, 20, 1, .networkLoss)])])
    func lossLeavesTheRestInPlace(missing: [Int], gaps: [GapRow]) {
        var bench = Bench()
        bench.run(0..<100, except: Set(missing))
        bench.finish()
        #expect(bench.sink.starts == Bench.expected((0..<100).filter { !missing.contains($0) }))
        #expect(bench.sink.gaps.map(GapRow.init) == gaps)
        #expect(bench.statistics.lost == missing.count)
        #expect(bench.playout.incidents.map(\.kind.rule.code) == ["PLY001"])
    }

    @Test func packetAfterItsPlaceWasGivenUpIsLate() {
        var bench = Bench()
        bench.run(0..<110, except: [30])
        bench.push(30, 160 * 30, at: 2205)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected((0..<110).filter { $0 != 30 }))
        #expect(bench.statistics.late == 1)
        #expect(bench.statistics.lost == 1)
    }

    @Test func lossWaitsNoLongerThanItsTime() {
        var bench = Bench()
        bench.run(0..<40, except: [30])
        #expect(bench.sink.end == 160 * 30)
        #expect(bench.playout.nextDeadline < Bench.time(1625))
        bench.playout.advance(to: Bench.time(1630), into: &bench.sink)
        #expect(bench.sink.end == 160 * 40)
    }

    /// Another stream of the same track goes on: a track is written front to back.
    @Test func givingWayPlacesWhatWaits() {
        var bench = Bench()
        bench.run(0..<40, except: [30])
        #expect(bench.sink.end == 160 * 30)
        bench.playout.giveWay(into: &bench.sink)
        #expect(bench.sink.starts == Bench.expected((0..<40).filter { $0 != 30 }))
    }

    /// Almost a second late, and still in time for its place.
    @Test func lateIsNotLost() {
        var bench = Bench()
        bench.run(0..<60, except: [30])
        bench.push(30, 160 * 30, at: 1499)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<60))
        #expect(bench.statistics.lost == 0 && bench.statistics.late == 0 && bench.sink.gaps.isEmpty)
    }
}

@Suite struct TimelineTests {
    @Test func jitterOfTheFirstPacketsDoesNotMoveTheAudio() {
        var bench = Bench()
        for index in 0..<50 { bench.push(index, 160 * index, at: 500 + 20 * Double(index) + (index == 0 ? 19 : index % 3 == 0 ? 0 : 7)) }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<50, shift: 4000))
        let clock = ClockRate.narrowband
        let pairs = [(arrival: Bench.time(519), timestamp: RTPTimestamp(0)), (arrival: Bench.time(520), timestamp: RTPTimestamp(160))]
        #expect(StreamPlayout.envelopeAnchor(pairs: pairs, clock: clock) == Bench.time(500))
        #expect(StreamPlayout.envelopeAnchor(pairs: [], clock: clock) == nil)
        #expect(bench.statistics.jitter > 0.001 && bench.statistics.jitter < 0.007)
    }

    @Test func pauseThatTheTimestampsCountIsNotLoss() {
        var bench = Bench()
        bench.run(0..<50)
        // Held for five seconds; numbers go on, timestamps and arrivals both jump.
        for index in 50..<80 { bench.push(index, 160 * index + 40_000, at: 20 * Double(index) + 5000) }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<50) + Bench.expected(50..<80, shift: 40_000))
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 5000, nil, .discontinuousTransmission)])
        #expect(bench.statistics.lost == 0)
        #expect(bench.playout.events.isEmpty)
    }

    @Test func pauseThatTheTimestampsSkipIsPlacedByArrival() {
        var bench = Bench()
        bench.run(0..<50)
        for index in 50..<100 { bench.push(index, 160 * index, at: 20 * Double(index) + 30_000) }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<50) + Bench.expected(50..<100, shift: 240_000))
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 30_000, nil, .unknown)])
        #expect(bench.playout.events.map(\.kind) == [.reanchored])
        #expect(bench.statistics.lost == 0)
    }

    /// A sender that keeps silent and does not count the time, and says with a marker that it begins anew.
    @Test(arguments: [300, 700]) func markedPausesThatTheTimestampsSkipArePlacedByArrival(pause: Int) {
        var bench = Bench()
        for index in 0..<250 { bench.push(index, 160 * index, at: Double(20 * index + index / 50 * pause), isMarked: index % 50 == 0) }
        bench.finish()
        #expect(bench.sink.starts == (0..<250).map { [160 * $0 + $0 / 50 * pause * 8, $0] })
        #expect(bench.sink.gaps.map(GapRow.init) == (1..<5).map { GapRow(1000 * $0 + pause * ($0 - 1), pause, nil, .discontinuousTransmission) })
        #expect(bench.statistics.lost == 0)
    }

    /// Without a marker the network is blamed, up to a second.
    @Test func pausesWithoutMarkerDoNotAddUp() {
        var bench = Bench()
        for index in 0..<500 { bench.push(index, 160 * index, at: Double(20 * index + index / 50 * 700)) }
        bench.finish()
        let errors = bench.sink.starts.map { 160 * $0[1] + $0[1] / 50 * 700 * 8 - $0[0] }
        #expect(errors.allSatisfy { (0...8000).contains($0) })
    }

    /// Timestamps leap ahead, or back, from one packet to the next, while the packets come as before.
    @Test(arguments: [1600, 8000, -1600, -8000]) func leapsOfTimestampsThatTookNoTimeMoveNothing(leap: Int) {
        var bench = Bench()
        bench.run(0..<50)
        bench.run(50..<100, timestamp: leap)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<100))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.playout.events.map(\.kind) == [.reanchored])
    }

    /// What jitter does looks like neither.
    @Test(arguments: 0..<8 as Range<UInt64>) func jitterMovesNothing(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var arrivals: [(at: Double, index: Int)] = []
        var last = 0.0
        for index in 0..<500 {
            // Up to 300 ms; every other stream keeps its order, as queues do.
            var at = Double(20 * index) + (index < 16 ? 0 : Double(random.next() % 30_000) / 100)
            if seed % 2 == 0 { at = max(at, last + 0.01) }
            last = at
            arrivals.append((at, index))
        }
        var bench = Bench()
        for packet in arrivals.sorted(by: { $0.at < $1.at }) { bench.push(packet.index, 160 * packet.index, at: packet.at, isMarked: packet.index % 100 == 0) }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<500))
        #expect(bench.playout.events.isEmpty && bench.sink.gaps.isEmpty)
    }

    @Test func burstAfterAStallKeepsItsPlaces() {
        var bench = Bench()
        bench.run(0..<50)
        // Five seconds of packets come within 250 ms, then everything is as before.
        for index in 50..<300 { bench.push(index, 160 * index, at: 6000 + Double(index - 50)) }
        bench.run(313..<350)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<300) + Bench.expected(313..<350))
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(6000, 260, 13, .networkLoss)])
        #expect(bench.statistics.resynchronizations == 0)
    }

    @Test func comfortNoiseIsAnnouncedSilence() {
        var bench = Bench()
        bench.run(0..<50)
        bench.push(50, 160 * 50, at: 1000, type: 13, payload: [40])
        bench.push(51, 160 * 60, at: 1200, type: 13, payload: [40])
        for index in 52..<80 { bench.push(index, 160 * (index + 100), at: 20 * Double(index + 100)) }
        bench.finish()
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 2040, nil, .discontinuousTransmission)])
        #expect(bench.sink.starts.count == 78)
        #expect(bench.statistics.notAudio == 2)
    }

    @Test func telephoneEventsAreNeitherAudioNorLoss() {
        var bench = Bench()
        bench.run(0..<50)
        for index in 50..<60 { bench.push(index, 8000, at: 20 * Double(index), type: 101, payload: [1, 10, 0, 160]) }
        for index in 60..<90 { bench.push(index, 160 * index, at: 20 * Double(index)) }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<50) + Bench.expected(60..<90))
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 200, nil, .discontinuousTransmission)])
        #expect(bench.statistics.lost == 0)
        #expect(bench.playout.events.isEmpty)
    }

    @Test func packetsThatDoNotOpenBecomeGapsOfTheirCause() {
        var bench = Bench()
        for index in 0..<20 { bench.mark(index, 160 * index, at: 20 * Double(index), cause: .noKey) }
        bench.run(20..<60, except: [40])
        bench.mark(60, 160 * 60, at: 1200, cause: .authenticationFailure)
        bench.run(61..<70)
        bench.finish()
        #expect(
            bench.sink.gaps.map(GapRow.init) == [
                GapRow(0, 400, 20, .noKey), GapRow(800, 20, 1, .networkLoss), GapRow(1200, 20, 1, .authenticationFailure),
            ])
        #expect(bench.sink.starts == Bench.expected((20..<70).filter { $0 != 40 && $0 != 60 }))
        #expect(bench.statistics.unavailable == 21)
    }

    @Test func streamWithoutAnyKeyIsOneGap() {
        var bench = Bench()
        for index in 0..<50 { bench.mark(index, 160 * index, at: 20 * Double(index), cause: .noKey) }
        bench.finish()
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(0, 1000, 50, .noKey)])
        #expect(bench.sink.runs.isEmpty)
    }

    @Test(arguments: [UInt8(18), 77]) func whatCannotBeDecodedIsAGap(type: UInt8) {
        var bench = Bench()
        bench.run(0..<50)
        for index in 50..<60 { bench.push(index, 160 * index, at: 20 * Double(index), type: type) }
        bench.run(60..<80)
        bench.finish()
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 200, 10, .codecUnsupported)])
        #expect(bench.sink.starts == Bench.expected(0..<50) + Bench.expected(60..<80))
        #expect(bench.playout.incidents.map(\.kind.rule.code) == [type == 18 ? "AUD001" : "AUD003"])
    }

    @Test func undecodablePayloadIsAGap() {
        var bench = Bench()
        bench.run(0..<30)
        bench.push(30, 4800, at: 600, payload: [1, 2, 3])
        bench.run(31..<50)
        bench.finish()
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(600, 20, 1, .codecUnsupported)])
        #expect(bench.statistics.undecodable == 1)
    }

    @Test func codecMayChangeWithinAStream() {
        var bench = Bench()
        bench.run(0..<30)
        for index in 30..<60 { bench.push(index, 160 * index, at: 20 * Double(index), type: 0, payload: [UInt8](repeating: 0x80, count: 160)) }
        bench.finish()
        let after: [[Int]] = (30..<60).map { [160 * $0, 32124] }
        #expect(bench.sink.starts == Bench.expected(0..<30) + after)
        #expect(bench.playout.events.map(\.kind) == [.codecChange(PayloadType(0))])
    }

    @Test func overlapIsTrimmedNotMixed() {
        var bench = Bench()
        bench.run(0..<30)
        for index in 30..<60 { bench.push(index, 160 * index - 5, at: 20 * Double(index)) }
        bench.finish()
        #expect(bench.statistics.trimmedFrames == 5)
        #expect(bench.sink.frames == 9595)
        #expect(bench.playout.incidents.map(\.kind) == [.overlap])
    }
}

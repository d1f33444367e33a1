import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

/// Senders whose clock is not the capture's.
struct DriftTests {
    /// Arrivals of `seconds` of 20 ms packets whose sender is `ppm` fast, with jitter that only delays.
    private func trace(ppm: Double, seconds: Int, clock: Int = 8000, jitter: Int = 0, seed: UInt64 = 1, step: (at: Double, by: Double)? = nil) -> ClockTrace {
        var random = SeededRandom(seed: seed)
        var trace = ClockTrace(
            arrival: Bench.time(0), sequence: SequenceNumber(0), timestamp: RTPTimestamp(UInt32.max - 1000), origin: Origin(capture: 0, frame: 1))
        for index in 1..<(seconds * 50) {
            var at = Double(index) * 20 / (1 + ppm / 1e6)
            if let step, at > step.at * 1000 { at += step.by * 1000 }
            if jitter > 0 { at += Double(Int.random(in: 0...jitter * 100, using: &random)) / 100 }
            let units = UInt32(truncatingIfNeeded: index * clock / 50)
            trace.next(Bench.time(at), index, RTPTimestamp((UInt32.max - 1000) &+ units))
        }
        return trace
    }

    @Test(arguments: [(-2000.0, 8000), (-20, 48_000), (20, 8000), (200, 48_000), (5000, 8000)])
    func driftIsFoundThroughJitter(ppm: Double, clock: Int) throws {
        let estimate = try #require(trace(ppm: ppm, seconds: 600, clock: clock, jitter: 40).estimate)
        #expect(estimate.clock == clock)
        #expect(abs(Double(estimate.partsPerBillion) / 1000 - ppm) < 2)
        #expect(estimate.isSound)
    }

    @Test func whatIsNoDriftIsLeftAlone() throws {
        #expect(try #require(trace(ppm: 0, seconds: 600, jitter: 60).estimate).isSound == false)
        // A longer path from the middle on is no clock.
        #expect(try #require(trace(ppm: 0, seconds: 600, jitter: 5, step: (300, 0.04)).estimate).isSound == false)
        #expect(trace(ppm: 500, seconds: 15).estimate == nil)
    }

    @Test func aJumpOfTimestampsDoesNotHideTheDrift() throws {
        var trace = ClockTrace(arrival: Bench.time(0), sequence: SequenceNumber(0), timestamp: RTPTimestamp(0), origin: Origin(capture: 0, frame: 1))
        for index in 1..<30_000 {
            let jump: UInt32 = index > 12_000 ? 3_000_000_000 : 0
            trace.next(Bench.time(Double(index) * 20 * 1.0003), index, RTPTimestamp(UInt32(index * 160) &+ jump))
        }
        let estimate = try #require(trace.estimate)
        #expect(abs(estimate.partsPerBillion + 300_000) < 2000)
    }

    @Test func memoryIsBoundedOverDays() throws {
        var trace = ClockTrace(arrival: Bench.time(0), sequence: SequenceNumber(0), timestamp: RTPTimestamp(0), origin: Origin(capture: 0, frame: 1))
        for index in 1..<200_000 {
            trace.next(Bench.time(Double(index) * 1000 * 0.9999), index, RTPTimestamp(UInt32(truncatingIfNeeded: index * 8000)))
        }
        #expect(abs(try #require(trace.estimate).partsPerBillion - 100_000) < 1000)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func randomNumbersNeverTrap(seed: UInt64) {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        var trace = ClockTrace(
            arrival: CaptureTime(nanoseconds: .random(in: .min ... .max, using: &random)), sequence: SequenceNumber(0), timestamp: RTPTimestamp(0),
            origin: Origin(capture: 0, frame: 1))
        for _ in 0..<3000 {
            trace.next(
                CaptureTime(nanoseconds: .random(in: .min ... .max, using: &random)), .random(in: 0...3, using: &random),
                RTPTimestamp(.random(in: 0 ... .max, using: &random)))
        }
        _ = trace.estimate
        _ = trace.timeline
    }

    /// A tone of 200 Hz with a pause of 200 ms each second; the sound of sender's sample n is heard at n / 8000 / (1 + ppm).
    private static func sample(_ index: Int) -> Int16 {
        if index % 8000 < 1600 { return 0 }
        let phase = index % 40
        return Int16((phase < 20 ? phase : 40 - phase) * 800 - 8000)
    }

    private static func play(ppm: Double, seconds: Int, method: ClockDrift.Method, pauses: Bool = true) -> Bench {
        var bench = Bench { $0.drift = ClockDrift(partsPerBillion: Int(ppm * 1000), method: method) }
        // It is the same every second.
        let payloads = (0..<50).map { packet in
            (packet * 160..<packet * 160 + 160).flatMap { index -> [UInt8] in
                let value = pauses ? sample(index) : sample(index % 40 + 4000)
                return [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
            }
        }
        for index in 0..<(seconds * 50) {
            bench.push(index, index * 160, at: Double(index) * 20 / (1 + ppm / 1e6), payload: payloads[index % 50])
        }
        bench.finish()
        return bench
    }

    @Test(arguments: [(-500.0, ClockDrift.Method.silence), (2000, .silence), (200, .resample), (-2000, .resample)])
    func soundStaysWhereItBelongs(ppm: Double, method: ClockDrift.Method) throws {
        let bench = Self.play(ppm: ppm, seconds: 60, method: method)
        var track = [Int16](repeating: 0, count: Int(bench.sink.end))
        for run in bench.sink.runs { for (index, value) in run.samples.enumerated() { track[Int(run.position) + index] = value } }
        #expect(bench.sink.gaps.isEmpty)
        // The tone begins anew in each of the sender's seconds.
        for second in [1, 30, 58] {
            let expected = Double(second * 8000 + 1600) / (1 + ppm / 1e6)
            let from = Int(expected) - 400
            let found = try #require((from..<from + 800).first { abs(Int(track[$0])) > 1000 })
            #expect(abs(Double(found) - expected) <= (method == .silence ? 30 : 4), "second \(second)")
        }
        #expect((bench.statistics.splices > 0) == (method == .silence))
        // No step is larger than the tone's own.
        var worst = 0
        for index in 1..<track.count { worst = max(worst, abs(Int(track[index]) - Int(track[index - 1]))) }
        #expect(worst <= (method == .silence ? 8000 : 9000))
    }

    @Test func soundWithoutPausesIsCutWhereItRepeats() {
        let bench = Self.play(ppm: 400, seconds: 120, method: .silence, pauses: false)
        #expect(bench.statistics.splices > 0)
        #expect(abs(Double(bench.sink.end) - 960_000 / 1.0004) <= 80)
        var previous: Int16 = -8000
        var worst = 0
        for run in bench.sink.runs {
            for value in run.samples {
                worst = max(worst, abs(Int(value) - Int(previous)))
                previous = value
            }
        }
        // The tone itself rises by 800 a sample.
        #expect(worst <= 1000)
    }

    @Test func withoutDriftNothingIsTouched() {
        let bench = Self.play(ppm: 0, seconds: 10, method: .resample)
        #expect(bench.sink.runs.count == 500 && bench.statistics.splices == 0)
        #expect(bench.sink.runs.first?.samples == (0..<160).map(Self.sample))
    }
}

extension ClockTrace {
    fileprivate mutating func next(_ arrival: CaptureTime, _ number: Int, _ timestamp: RTPTimestamp) {
        add(
            arrival: arrival, sequence: SequenceNumber(UInt16(truncatingIfNeeded: number)), timestamp: timestamp, isMarked: false,
            origin: Origin(capture: 0, frame: UInt32(truncatingIfNeeded: number)))
    }
}

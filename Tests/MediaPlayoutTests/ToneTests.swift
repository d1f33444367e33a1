import Evidence
import MediaCodecs
import MediaPlayout
import Testing

struct ToneTests {
    /// Events as [event, start in milliseconds, duration in milliseconds].
    private func rows(_ tones: [PlayoutTone]) -> [[Int]] {
        tones.map { [Int($0.event), Int(($0.start.seconds(since: Bench.start) * 1000).rounded()), Int(($0.duration * 1000).rounded())] }
    }

    private func event(_ event: UInt8, _ duration: Int, isEnd: Bool = false) -> [UInt8] {
        [event, isEnd ? 0x8A : 0x0A, UInt8(duration >> 8), UInt8(truncatingIfNeeded: duration)]
    }

    /// Audio but for numbers 50 to 57, which are `packets` of type 101 with the timestamp of 50.
    private func bench(_ packets: [[UInt8]], audioAfter: Bool = true) -> Bench {
        var bench = Bench()
        bench.run(0..<50)
        for (index, payload) in packets.enumerated() {
            bench.push(50 + index, 160 * 50, at: 1000 + 20 * Double(index), type: 101, payload: payload)
        }
        if audioAfter { for index in 50 + packets.count..<90 { bench.push(index, 160 * index, at: 20 * Double(index)) } }
        bench.finish()
        return bench
    }

    @Test func updatesAndRepeatedEndsAreOneEvent() {
        let updates = (1...5).map { event(5, 160 * $0) }
        let ends = [[UInt8]](repeating: event(5, 960, isEnd: true), count: 3)
        let bench = bench(updates + ends)
        #expect(rows(bench.playout.tones) == [[5, 1000, 120]])
        #expect(bench.playout.tones.map(\.isEnded) == [true])
        #expect(bench.statistics.lost == 0)
    }

    @Test func aLostEndIsTold() {
        let bench = bench((1...5).map { event(11, 160 * $0) })
        #expect(rows(bench.playout.tones) == [[11, 1000, 100]])
        #expect(bench.playout.tones.map(\.isEnded) == [false])
    }

    @Test func theSameKeyTwiceIsTwoEvents() {
        var bench = Bench()
        bench.run(0..<50)
        for (index, start) in [50, 50, 58, 58].enumerated() {
            bench.push(50 + index, 160 * start, at: 1000 + 40 * Double(index), type: 101, payload: event(7, index % 2 == 0 ? 160 : 320, isEnd: index % 2 == 1))
        }
        bench.finish()
        #expect(rows(bench.playout.tones) == [[7, 1000, 40], [7, 1160, 40]])
    }

    @Test func longEventsGoOnInSegments() {
        var bench = Bench()
        bench.run(0..<50)
        let start = 160 * 50
        bench.push(50, start, at: 1000, type: 101, payload: event(32, 0x8000))
        bench.push(51, start, at: 2000, type: 101, payload: event(32, 0xFFFF))
        bench.push(52, start + 0xFFFF, at: 2100, type: 101, payload: event(32, 800))
        bench.push(53, start + 0xFFFF, at: 2200, type: 101, payload: event(32, 1600, isEnd: true))
        bench.finish()
        #expect(rows(bench.playout.tones) == [[32, 1000, 8392]])
    }

    /// The last update of a segment is lost, or was never sent: the next one tells that the event went on.
    @Test func aSegmentWhoseEndIsLostGoesOn() {
        var bench = Bench()
        bench.run(0..<50)
        let start = 160 * 50
        bench.push(50, start, at: 1000, type: 101, payload: event(32, 0x8000))
        bench.push(51, start + 0xFFFF, at: 9200, type: 101, payload: event(32, 160))
        bench.push(52, start + 0xFFFF, at: 9300, type: 101, payload: event(32, 1600, isEnd: true))
        // Another press of the key after an end is no segment.
        bench.push(53, start + 2 * 0xFFFF, at: 17_400, type: 101, payload: event(32, 160))
        bench.finish()
        #expect(rows(bench.playout.tones) == [[32, 1000, 8392], [32, 17_384, 20]])
    }

    @Test func severalEventsInOnePacketFollowEachOther() {
        var bench = Bench()
        bench.run(0..<50)
        bench.push(50, 160 * 50, at: 1000, type: 101, payload: event(1, 800, isEnd: true) + event(2, 400, isEnd: true) + event(3, 320) + [9, 9])
        bench.push(51, 160 * 50 + 1200, at: 1180, type: 101, payload: event(3, 640, isEnd: true))
        bench.finish()
        #expect(rows(bench.playout.tones) == [[1, 1000, 100], [2, 1100, 50], [3, 1150, 80]])
    }

    /// Events described at 8000 beside sound at 48,000: timestamps of the sound's clock tell their start, others leave it to the arrival.
    @Test(arguments: [(48_000, 1000), (8000, 1060)]) func eventsDescribedAtAnotherClock(counted: Int, start: Int) throws {
        let wide = CodecDescription(encoding: "L16", clockRate: try #require(ClockRate(48_000)))
        let events = CodecDescription(encoding: "telephone-event", clockRate: .narrowband)
        var bench = Bench(rate: 48_000, map: [PayloadType(96): wide, PayloadType(101): events]) { _ in }
        for index in 0..<50 { bench.push(index, 960 * index, at: 20 * Double(index), payload: [UInt8](repeating: 1, count: 1920)) }
        // Its first packet comes 80 ms late, with 20 ms to tell.
        for index in 0..<4 {
            bench.push(50 + index, counted, at: 1080 + 20 * Double(index), type: 101, payload: event(6, 160 * (index + 1), isEnd: index == 3))
        }
        bench.finish()
        #expect(rows(bench.playout.tones) == [[6, start, 80]])
    }

    /// Four octets of a type that nothing describes are what a named event looks like, and nothing else does.
    @Test func eventsOfAnUndescribedTypeAreRecognised() {
        var bench = Bench()
        bench.run(0..<50)
        for index in 0..<6 {
            bench.push(50 + index, 160 * 50, at: 1000 + 20 * Double(index), type: 97, payload: event(9, 160 * (index + 1), isEnd: index == 5))
        }
        bench.finish()
        #expect(rows(bench.playout.tones) == [[9, 1000, 120]])
        #expect(bench.playout.tones.map(\.source) == [.inferredEvent])
        #expect(!bench.playout.incidents.map(\.kind).contains(.unmappedPayloadType))
    }

    // MARK: keys in the sound

    /// 697 and 1209 Hz at 8,000 frames a second, by rotation of two pointers.
    private static func one(_ frames: Int) -> [Int16] {
        // Cosine and sine of one frame's turn.
        let steps = [(0.853869, 0.520488), (0.582052, 0.813152)]
        var pointers = [(1.0, 0.0), (1.0, 0.0)]
        return (0..<frames).map { _ in
            for index in 0..<2 {
                let (x, y) = pointers[index]
                let (c, s) = steps[index]
                let length = (x * x + y * y).squareRoot()
                pointers[index] = ((x * c - y * s) / length, (x * s + y * c) / length)
            }
            return Int16(6000 * (pointers[0].1 + pointers[1].1))
        }
    }

    private static func octets(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    private func inband(mask: Bool) -> Bench {
        var bench = Bench { configuration in
            configuration.findsTones = true
            configuration.masksTones = mask
        }
        let tone = Self.one(160 * 5)
        for index in 0..<60 {
            let payload = (30..<35).contains(index) ? Self.octets(Array(tone[160 * (index - 30)..<160 * (index - 29)])) : Bench.payload(tag: index)
            bench.push(index, 160 * index, at: 20 * Double(index), payload: payload)
        }
        bench.finish()
        return bench
    }

    @Test func aKeyIsHeard() {
        let bench = inband(mask: false)
        #expect(rows(bench.playout.tones) == [[1, 600, 100]])
        #expect(bench.playout.tones.map(\.source) == [.inband])
        #expect(bench.sink.runs.contains { $0.samples.contains { abs(Int($0)) > 6000 } })
    }

    @Test func aMaskedKeyIsSilent() {
        let bench = inband(mask: true)
        #expect(rows(bench.playout.tones) == [[1, 600, 100]])
        #expect(!bench.sink.runs.contains { $0.samples.contains { abs(Int($0)) > 100 } })
        #expect(bench.sink.frames == 60 * 160)
    }

    @Test func soundDuringANamedEventIsMasked() {
        var bench = Bench { $0.masksTones = true }
        bench.run(0..<50)
        bench.push(50, 160 * 50, at: 1000, type: 101, payload: event(5, 800, isEnd: true))
        for index in 50..<70 { bench.push(index + 1, 160 * index, at: 20 * Double(index), tag: 999) }
        bench.finish()
        let loud = bench.sink.runs.filter { $0.position >= 8000 && $0.samples.contains { $0 != 0 } }.map(\.position).min()
        // A tenth of a second and its margin.
        #expect(Int(loud ?? 0) == 9280)
    }
}

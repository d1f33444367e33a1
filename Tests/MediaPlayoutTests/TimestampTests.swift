import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

/// Timestamps that do not count what their description says.
struct TimestampTests {
    private static func bench(_ encoding: String, clock: Int, rate: Int = 16_000, observed: Int = 0) throws -> Bench {
        let codec = CodecDescription(encoding: encoding, clockRate: try #require(ClockRate(clock)))
        return Bench(rate: rate, map: [PayloadType(96): codec]) { $0.observedClock = observed }
    }

    /// A wideband SILK frame of 20 ms without redundancy: configuration 9, mono, one frame.
    private static let opus: [UInt8] = [9 << 3] + [UInt8](repeating: 0x1A, count: 40)

    /// A frame of G.729, 10 ms.
    private static let frame: [UInt8] = [0x78, 0x52, 0x80, 0xA0, 0x00, 0xFA, 0xC2, 0x00, 0x07, 0xD6]

    /// Encoding, described clock, clock of the timestamps.
    @Test(arguments: [
        ("OPUS", 48_000, 8000), ("OPUS", 48_000, 16_000), ("OPUS", 8000, 48_000), ("G722", 8000, 16_000), ("G722", 16_000, 8000), ("PCMU", 8000, 16_000),
    ])
    func soundIsPlacedByTheClockThatItShows(encoding: String, described: Int, real: Int) throws {
        var bench = try Self.bench(encoding, clock: described, rate: encoding == "OPUS" ? 48_000 : encoding == "G722" ? 16_000 : 8000)
        let payload = encoding == "OPUS" ? Self.opus : [UInt8](repeating: 0x55, count: 160)
        // A pause of half a second, which the timestamps count, in the middle.
        for index in 0..<200 {
            let time = index * 20 + (index >= 100 ? 500 : 0)
            bench.push(index, time * real / 1000, at: Double(time), payload: payload)
        }
        bench.finish()
        let rate = encoding == "OPUS" ? 48 : encoding == "G722" ? 16 : 8
        let lead = encoding == "G722" ? 22 : 0
        let wanted = (1..<200).map { ($0 * 20 + ($0 >= 100 ? 500 : 0)) * rate - lead }
        #expect(bench.sink.runs.dropFirst().map { Int($0.position) } == wanted)
        #expect(bench.sink.gaps.map(\.duration) == [0.5])
        #expect(bench.statistics.timestamps == .clock(real))
        #expect(bench.playout.incidents.map(\.kind) == [.otherClock])
    }

    /// G.729 whose timestamps stand still, Opus whose timestamps grow by the octets of the payloads.
    @Test(arguments: ["G729", "OPUS"]) func packetsAreCountedWhereTimestampsAreNoTime(encoding: String) throws {
        let isOpus = encoding == "OPUS"
        var bench = try Self.bench(encoding, clock: isOpus ? 48_000 : 8000, rate: isOpus ? 48_000 : 8000)
        var random = SeededRandom(seed: 5)
        var octets = 0
        for index in 0..<200 {
            let payload = isOpus ? Self.opus + random.bytes(Int(random.next() % 40)) : Self.frame + Self.frame
            if index != 120 { bench.push(index, isOpus ? octets : 4711, at: Double(20 * index), payload: payload) }
            octets += payload.count
        }
        bench.finish()
        #expect(bench.statistics.timestamps == .notTime)
        let each = isOpus ? 960 : 160
        // G.729 is heard 5 ms earlier, and of the first packet what is left of it then.
        let lead = isOpus ? 0 : 40
        #expect(bench.sink.runs.map { Int($0.position) } == (0..<200).filter { $0 != 120 }.map { max(0, each * $0 - lead) })
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(isOpus ? 2400 : 2395, 20, 1, .networkLoss)])
        #expect(bench.playout.incidents.contains { $0.kind == .timestampsAreNoTime })
    }

    @Test func octetsInOneProportionAreAClock() throws {
        var bench = try Self.bench("G729", clock: 8000, rate: 8000)
        for index in 0..<100 { bench.push(index, 20 * index, at: Double(20 * index), payload: Self.frame + Self.frame) }
        bench.finish()
        #expect(bench.statistics.timestamps == .clock(1000))
        #expect(bench.sink.runs.map { Int($0.position) } == (0..<100).map { max(0, 160 * $0 - 40) })
    }

    /// A type that nothing describes is not heard, but the clock that its arrivals show tells how long it lasted.
    @Test(arguments: [(16_000, 10_000), (48_000, 3333)]) func whatNothingDescribesLastsByTheClockItShows(observed: Int, milliseconds: Int) throws {
        var bench = Bench { $0.observedClock = observed }
        for index in 0..<500 { bench.push(index, 320 * index, at: 320_000 * Double(index) / Double(observed), type: 120) }
        bench.finish()
        #expect(bench.sink.gaps.map(\.cause) == [.codecUnsupported])
        #expect(abs((bench.sink.gaps.first?.duration ?? 0) * 1000 - Double(milliseconds)) < 25)
    }

    /// Without a second witness the description stands: packets that come all at once tell nothing of a clock.
    @Test func aBurstTellsNoClock() throws {
        var bench = try Self.bench("PCMU", clock: 8000, rate: 8000)
        let payload = [UInt8](repeating: 0x55, count: 160)
        for index in 0..<40 { bench.push(index, 320 * index, at: Double(index) / 10, payload: payload) }
        bench.finish()
        #expect(bench.statistics.timestamps == .described)
        var seen = try Self.bench("PCMU", clock: 8000, rate: 8000, observed: 16_000)
        for index in 0..<40 { seen.push(index, 320 * index, at: Double(index) / 10, payload: payload) }
        seen.finish()
        #expect(seen.statistics.timestamps == .clock(16_000))
        // What all arrivals show weighs more than the pace of the first packets.
        var steady = try Self.bench("PCMU", clock: 8000, rate: 8000, observed: 8000)
        for index in 0..<40 { steady.push(index, 320 * index, at: Double(20 * index), payload: payload) }
        steady.finish()
        #expect(steady.statistics.timestamps == .described)
    }

    /// One is lost, the last of its group where they have several; two are overtaken by their neighbours; and a pause counts.
    @Test(arguments: [1, 2, 3, 4]) func severalPacketsWithOneTimestampStandBehindEachOther(together: Int) throws {
        var bench = try Self.bench("PCMU", clock: 8000, rate: 8000)
        let lost = 48 + together - 1
        var order = Array(0..<120)
        order.swapAt(60, 61)
        order.swapAt(71, 72)
        for index in order where index != lost {
            let unit = index / together * together + (index >= 96 ? 50 : 0)
            bench.push(index, 160 * unit, at: Double(20 * unit), payload: [UInt8](repeating: 0x55, count: 160))
        }
        bench.finish()
        #expect(bench.statistics.timestamps == (together == 1 ? .described : .shared))
        #expect(bench.sink.runs.map { Int($0.position) } == (0..<120).filter { $0 != lost }.map { 160 * ($0 + ($0 >= 96 ? 50 : 0)) })
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(20 * lost, 20, 1, .networkLoss), GapRow(1920, 1000, nil, .discontinuousTransmission)])
    }

    /// The same sound twice under one timestamp is heard once: there is more sound than time.
    @Test func whatIsSentTwiceUnderOneTimestampIsHeardOnce() throws {
        var bench = try Self.bench("PCMU", clock: 8000, rate: 8000)
        for index in 0..<120 { bench.push(index, 160 * (index / 2), at: Double(20 * (index / 2)), payload: [UInt8](repeating: 0x55, count: 160)) }
        bench.finish()
        #expect(bench.statistics.timestamps == .described)
        #expect(bench.sink.runs.map { Int($0.position) } == (0..<60).map { 160 * $0 })
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func randomTimestampsStayBounded(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        var bench = try Self.bench(["OPUS", "G729", "PCMU"][Int(seed % 3)], clock: 8000, rate: 8000, observed: Int(random.next() % 100_000))
        let step = Int(random.next() % 4000)
        for index in 0..<400 {
            let jump = random.next() % 20 == 0 ? Int(random.next() & 0xFFFF_FFFF) : 0
            bench.push(index, step * index + jump, at: Double(20 * index), payload: random.bytes(1 + Int(random.next() % 60)))
        }
        bench.finish()
        #expect(bench.statistics.packets == 400)
        #expect(bench.sink.end < 8000 * 3600 * 25)
    }
}

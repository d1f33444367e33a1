import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

struct RedundancyTests {
    private static let map = Bench.map.merging([PayloadType(121): CodecDescription(encoding: "red", clockRate: .narrowband)]) { first, _ in first }

    /// Packet `index` with copies of the `copies` before it.
    private static func payload(_ index: Int, copies: Int) -> [UInt8] {
        var head: [UInt8] = []
        var body: [UInt8] = []
        for back in stride(from: copies, to: 0, by: -1) {
            let offset = 160 * back
            head += [0x80 | 96, UInt8(offset >> 6), UInt8(truncatingIfNeeded: offset << 2) | 1, 0x40]
            body += Bench.payload(tag: index - back)
        }
        return head + [96] + body + Bench.payload(tag: index)
    }

    @Test(arguments: [(1, [20, 40]), (2, [20, 21, 60, 61]), (2, [30])]) func copiesStandInForWhatIsLost(copies: Int, lost: [Int]) {
        var bench = Bench(map: Self.map)
        for index in 3..<100 where !lost.contains(index) {
            bench.push(index, 160 * index, at: 20 * Double(index), type: 121, payload: Self.payload(index, copies: copies))
        }
        bench.finish()
        // The first packet brings copies of those before it, too.
        #expect(bench.sink.starts == Bench.expected(3 - copies..<100))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.statistics.lost == 0)
        #expect(bench.statistics.recovered.redundancy == lost.count + copies)
        #expect(bench.statistics.duplicates == 0)
    }

    @Test func whatNoCopyHasIsLost() {
        var bench = Bench(map: Self.map)
        for index in 1..<60 where !(30...32).contains(index) {
            bench.push(index, 160 * index, at: 20 * Double(index), type: 121, payload: Self.payload(index, copies: 1))
        }
        bench.finish()
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(600, 40, 2, .networkLoss)])
        #expect(bench.statistics.lost == 2)
    }

    @Test func thePacketItselfAfterItsCopyIsNoDuplicate() {
        var bench = Bench(map: Self.map)
        for index in 1..<40 where index != 20 {
            bench.push(index, 160 * index, at: 20 * Double(index), type: 121, payload: Self.payload(index, copies: 1))
            if index == 22 { bench.push(20, 160 * 20, at: 445, type: 121, payload: Self.payload(20, copies: 1)) }
        }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<40))
        #expect(bench.statistics.duplicates == 0)
    }

    @Test func brokenHeadersCostTheirOwnTimeOnly() {
        var bench = Bench(map: Self.map)
        for index in 0..<60 {
            let payload = index == 30 ? [0x80, 0, 0, 0xFF] : [96] + Bench.payload(tag: index)
            bench.push(index, 160 * index, at: 20 * Double(index), type: 121, payload: payload)
        }
        bench.finish()
        #expect(bench.sink.starts == Bench.expected((0..<60).filter { $0 != 30 }))
        #expect(bench.playout.incidents.map(\.kind).contains(.undecodable))
    }

    @Test func randomRedundantPayloadsNeverTrap() {
        var random = SeededRandom(seed: 0x2ED)
        var bench = Bench(map: Self.map)
        for index in 0..<3000 {
            bench.push(index, 160 * index, at: 20 * Double(index), type: index % 5 == 0 ? 96 : 121, payload: random.bytes(Int(random.next() % 60)))
        }
        bench.finish()
        #expect(bench.statistics.packets == 3000, "seed \(random.seed)")
    }
}

import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

struct ConcealmentTests {
    /// Two frames of speech, 20 ms.
    private static let speech: [UInt8] = [
        0x78, 0x52, 0x80, 0xA0, 0x00, 0xFA, 0xC2, 0x00, 0x07, 0xD6, 0x9E, 0x0D, 0x64, 0x2F, 0x93, 0xF5, 0x22, 0x10, 0x88, 0x41,
    ]

    private static func play(_ encoding: String, lost: Set<Int>, conceals: Bool, payload: [UInt8]) -> Bench {
        let map = [PayloadType(96): CodecDescription(encoding: encoding, clockRate: .narrowband)]
        var bench = Bench(map: map) { $0.conceals = conceals }
        for index in 0..<100 where !lost.contains(index) { bench.push(index, 160 * index, at: Double(20 * index), payload: payload) }
        bench.finish()
        return bench
    }

    @Test func aGapIsSilentUnlessAskedOtherwise() {
        let bench = Self.play("G729", lost: [50], conceals: false, payload: Self.speech)
        #expect(bench.sink.frames == 99 * 160 - 40, "the codec's delay is taken off")
        #expect(bench.sink.gaps.map(\.concealed) == [0])
        #expect(bench.statistics.concealedFrames == 0)
    }

    @Test func whatIsMadeUpIsListed() {
        let bench = Self.play("G729", lost: [50, 70, 71, 72, 73, 74, 75, 76, 77, 78], conceals: true, payload: Self.speech)
        // The causes, places and packets are those of the silence; a long gap is filled for 120 ms only.
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(995, 20, 1, .networkLoss), GapRow(1395, 180, 9, .networkLoss)])
        #expect(bench.sink.gaps.map(\.concealed) == [0.02, 0.12])
        #expect(bench.statistics.concealedFrames == 160 + 960)
        #expect(bench.statistics.lost == 10)
        #expect(bench.playout.incidents.first { $0.kind == .concealed }?.count == 2)
        let filled = bench.sink.runs.filter { $0.position == 7960 || $0.position == 11_160 }
        #expect(filled.map(\.samples.count) == [160, 960])
        #expect(filled.allSatisfy { run in run.samples.contains { $0 != 0 } })
        // Everything that came stands where it stands without.
        let places = Set(bench.sink.runs.map(\.position))
        #expect((0..<100).filter { ![50, 70, 71, 72, 73, 74, 75, 76, 77, 78].contains($0) }.allSatisfy { places.contains(Int64(max(0, 160 * $0 - 40))) })
    }

    @Test func codecsWithoutConcealmentStaySilent() {
        let bench = Self.play("PCMU", lost: [50], conceals: true, payload: [UInt8](repeating: 0x11, count: 160))
        #expect(bench.sink.frames == 99 * 160)
        #expect(bench.sink.gaps.map(\.concealed) == [0])
    }

    /// A pause is not lost sound, and after it there is nothing to go on from.
    @Test func pausesAreNotFilled() {
        let map = [PayloadType(96): CodecDescription(encoding: "G729", clockRate: .narrowband)]
        var bench = Bench(map: map) { $0.conceals = true }
        for index in 0..<50 { bench.push(index, 160 * index, at: Double(20 * index), payload: Self.speech) }
        for index in 50..<100 { bench.push(index, 160 * index + 8000, at: Double(20 * index + 1000), payload: Self.speech) }
        bench.finish()
        #expect(bench.statistics.concealedFrames == 0)
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(995, 1000, nil, .discontinuousTransmission)])
    }
}

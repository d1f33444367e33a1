import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

struct TextPlayoutTests {
    private static let clock = ClockRate(1000) ?? .narrowband
    private static let map: [PayloadType: CodecDescription] = [
        PayloadType(98): CodecDescription(encoding: "t140", clockRate: clock), PayloadType(100): CodecDescription(encoding: "red", clockRate: clock),
    ]

    private func push(_ playout: inout TextPlayout, _ sequence: Int, _ octets: [UInt8], type: UInt8 = 98, at milliseconds: Double) {
        playout.push(
            sequence: SequenceNumber(UInt16(truncatingIfNeeded: sequence)), payloadType: PayloadType(type), arrival: Bench.time(milliseconds),
            payload: octets.span.bytes, map: Self.map)
    }

    /// Text with the two before it, as RFC 4103 section 4.2 recommends.
    private func redundant(_ texts: [String], _ index: Int) -> [UInt8] {
        var head: [UInt8] = []
        var body: [UInt8] = []
        for back in [2, 1] {
            let text = index >= back ? Array(texts[index - back].utf8) : []
            let offset = 300 * back
            head += [0x80 | 98, UInt8(offset >> 6), UInt8(truncatingIfNeeded: offset << 2), UInt8(text.count)]
            body += text
        }
        return head + [98] + body + Array(texts[index].utf8)
    }

    @Test func copiesRestoreWhatIsLost() {
        let texts = ["Hel", "lo ", "wo", "rld", "!"]
        var playout = TextPlayout()
        for index in [0, 1, 4] { push(&playout, 65_534 + index, redundant(texts, index), type: 100, at: 300 * Double(index)) }
        playout.finish()
        #expect(playout.pieces.map(\.text).joined() == "Hello world!")
        #expect(playout.lost == 0)
        #expect(playout.recovered == 2)
    }

    @Test func missingTextIsMarked() {
        var playout = TextPlayout()
        push(&playout, 1, Array("ab".utf8), at: 0)
        push(&playout, 3, Array("ef".utf8), at: 600)
        push(&playout, 4, Array("gh".utf8), at: 2000)
        playout.finish()
        #expect(playout.pieces.map(\.text).joined() == "ab\u{FFFD}efgh")
        #expect(playout.lost == 1)
    }

    @Test func orderAndCharactersAcrossPackets() {
        var playout = TextPlayout()
        let smile = Array("\u{263A}".utf8)
        push(&playout, 1, Array("\u{FEFF}a".utf8) + smile.prefix(1), at: 0)
        push(&playout, 3, Array("z".utf8), at: 20)
        push(&playout, 2, Array(smile.dropFirst()), at: 40)
        push(&playout, 2, Array("twice".utf8), at: 50)
        playout.finish()
        #expect(playout.pieces.map(\.text).joined() == "a\u{263A}z")
        #expect(playout.lost == 0)
    }

    @Test func randomPacketsNeverTrap() {
        var random = SeededRandom(seed: 4103)
        var playout = TextPlayout()
        for round in 0..<3000 {
            push(&playout, Int(random.next() % 70_000), random.bytes(Int(random.next() % 30)), type: round % 2 == 0 ? 98 : 100, at: 100 * Double(round))
        }
        playout.finish()
        #expect(playout.packets <= 3000, "seed \(random.seed)")
    }
}

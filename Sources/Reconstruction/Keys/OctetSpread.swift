import Evidence

/// How evenly octets are spread: ciphertext can not be told from chance, sampled sound can.
///
/// Three looks, because a full-scale noise or a test pattern may pass one of them: values, differences of neighbours, and single bits.
/// Compressed speech passes all three, so for such payloads this decides nothing.
struct OctetSpread {
    /// Fewer octets than this leave too much to chance: each value is expected less than twice.
    static let fewest = 400

    private var values = [Int](repeating: 0, count: 256)
    private var steps = [Int](repeating: 0, count: 256)
    private(set) var octets = 0
    private var pairs = 0

    mutating func add(_ payload: RawSpan) {
        let count = payload.byteCount
        guard count > 0 else { return }
        var before = payload.u8(0)
        values[Int(before)] += 1
        for index in 1..<max(1, count) {
            let octet = payload.u8(index)
            values[Int(octet)] += 1
            steps[Int(octet &- before)] += 1
            before = octet
        }
        octets += count
        pairs += count - 1
    }

    /// How often each bit is set, from the lowest on.
    private var ones: [Int] {
        (0..<8).map { bit in values.indices.reduce(0) { $1 >> bit & 1 == 1 ? $0 + values[$1] : $0 } }
    }

    /// Pearson's sum of the values over 255 degrees of freedom: about 255 for chance, give or take 23.
    var deviation: Double { Self.deviation(values, octets) }

    /// Whether the octets are what chance gives, each look within six standard deviations.
    var isEven: Bool {
        guard octets >= Self.fewest else { return false }
        let bounds = 255.0 - 6 * 22.6...255.0 + 6 * 22.6
        let half = Double(octets) / 2
        return bounds.contains(deviation) && bounds.contains(Self.deviation(steps, pairs))
            && ones.allSatisfy { abs(Double($0) - half) <= 3 * Double(octets).squareRoot() }
    }

    private static func deviation(_ counts: [Int], _ total: Int) -> Double {
        guard total > 0 else { return 0 }
        let expected = Double(total) / 256
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}

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
    private var ones = [Int](repeating: 0, count: 8)
    private(set) var octets = 0
    private var pairs = 0

    mutating func add(_ payload: RawSpan) {
        var before: UInt8?
        for index in 0..<payload.byteCount {
            let octet = payload.u8(index)
            values[Int(octet)] += 1
            for bit in 0..<8 where octet >> UInt8(bit) & 1 == 1 { ones[bit] += 1 }
            if let before {
                steps[Int(octet &- before)] += 1
                pairs += 1
            }
            before = octet
            octets += 1
        }
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

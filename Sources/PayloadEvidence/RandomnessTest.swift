/// How evenly octets are spread: ciphertext can not be told from chance, sampled sound can.
///
/// Three looks, because a full-scale noise or a test pattern may pass one of them: values, differences of neighbours, and single bits.
/// Compressed speech passes all three, so for such payloads this decides nothing.
package struct RandomnessTest {
    /// Fewer octets than this leave too much to chance: each value is expected less than twice.
    package static let fewest = 400

    private let samples: [[UInt8]]
    private let payloads: [(sample: Int, payload: Range<Int>)]
    private let values: [Int]
    package let octets: Int

    /// `payloads`: which octets of which sample.
    package init(_ samples: [[UInt8]], _ payloads: [(sample: Int, payload: Range<Int>)]) {
        self.samples = samples
        self.payloads = payloads
        var values = [Int](repeating: 0, count: 256)
        for (sample, payload) in payloads {
            for octet in samples[sample][payload] { values[Int(octet)] += 1 }
        }
        self.values = values
        octets = payloads.reduce(0) { $0 + $1.payload.count }
    }

    /// How often each bit is set, from the lowest on.
    private var ones: [Int] {
        (0..<8).map { bit in values.indices.reduce(0) { $1 >> bit & 1 == 1 ? $0 + values[$1] : $0 } }
    }

    /// Pearson's sum of the values over 255 degrees of freedom: about 255 for chance, give or take 23.
    package var deviation: Double { Self.deviation(values, octets) }

    private static let bounds = 255.0 - 6 * 22.6...255.0 + 6 * 22.6

    /// Whether the octets are what chance gives, each look within six standard deviations. The values alone tell nearly all sound apart, so
    /// the others are looked at after them.
    package var isRandom: Bool {
        guard octets >= Self.fewest, Self.bounds.contains(deviation) else { return false }
        let half = Double(octets) / 2
        return ones.allSatisfy { abs(Double($0) - half) <= 3 * Double(octets).squareRoot() } && hasRandomSteps
    }

    private var hasRandomSteps: Bool {
        var steps = [Int](repeating: 0, count: 256)
        for (sample, payload) in payloads where !payload.isEmpty {
            var before = samples[sample][payload.lowerBound]
            for octet in samples[sample][payload].dropFirst() {
                steps[Int(octet &- before)] += 1
                before = octet
            }
        }
        return Self.bounds.contains(Self.deviation(steps, steps.reduce(0, +)))
    }

    private static func deviation(_ counts: [Int], _ total: Int) -> Double {
        guard total > 0 else { return 0 }
        let expected = Double(total) / 256
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}

/// Covers secrets in a captured frame without changing its length or any checksum around them.
enum SecretMask {
    /// Shorter runs are the edge of a key that lies in two frames: too few octets to be averaged.
    private static let shortest = 8
    /// What keys are written in (RFC 4648 section 4), so that readers of the carved capture find text of the right kind.
    private static let alphabet = Array("+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8).map(Int.init)
    private static let letters = Set(alphabet)

    /// Fills `range` so that the sums of its even and of its odd octets stay: every internet checksum over them stays right, and of the
    /// secret no more is left than the checksum tells. Returns false where a checksum cannot be kept.
    static func cover(_ range: Range<Int>, of octets: inout [UInt8]) -> Bool {
        let range = range.clamped(to: octets.indices)
        guard range.count >= shortest else {
            for index in range { octets[index] = 0x78 }
            return range.isEmpty
        }
        for start in [range.lowerBound, range.lowerBound + 1] {
            let places = Array(stride(from: start, to: range.upperBound, by: 2))
            let sum = places.reduce(0) { $0 + Int(octets[$1]) }
            for (place, value) in zip(places, fill(places.count, sum: sum)) { octets[place] = UInt8(value) }
        }
        return true
    }

    /// `count` letters near their mean that add up to `sum`; octets that are none where no letters do.
    private static func fill(_ count: Int, sum: Int) -> [Int] {
        var letters: [Int] = []
        var rest = sum
        while count - letters.count > 3 {
            let mean = rest / (count - letters.count)
            let letter = alphabet.min { abs($0 - mean) < abs($1 - mean) } ?? mean
            letters.append(letter)
            rest -= letter
        }
        if let end = closing(count - letters.count, sum: rest) { return letters + end }
        return (0..<count).map { sum / count + ($0 < sum % count ? 1 : 0) }
    }

    /// Up to three letters with this sum.
    private static func closing(_ count: Int, sum: Int) -> [Int]? {
        if count == 1 { return letters.contains(sum) ? [sum] : nil }
        for letter in alphabet {
            if let rest = closing(count - 1, sum: sum - letter) { return [letter] + rest }
        }
        return nil
    }
}

import Foundation

/// What makes one recording session distinct from the others: all of it follows from its number.
struct Identity {
    let number: Int

    /// Up to 60,000 sessions have addresses of their own.
    static let limit = 60_000

    var client: String { "10.1.\(number / 250).\(number % 250 + 1)" }
    var server: String { "10.2.\(number / 250).\(number % 250 + 1)" }

    /// An even port, with the next `index`es below the next session's.
    func port(_ index: Int) -> UInt16 { UInt16(16_384 + number % 4096 * 8 + index * 2) }

    /// 64 bits that differ between sessions and between uses (SplitMix64 over FNV-1a of the word).
    func word(_ use: String, _ round: Int = 0) -> UInt64 {
        var z = use.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        z = z &+ UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(round) &* 0xD1B5_4A32_D192_ED03
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Master key and salt of one m-line (RFC 4568 section 6.1).
    func key(_ side: String, _ line: Int) -> [UInt8] {
        (0..<30).map { UInt8(truncatingIfNeeded: word("key \(side) \(line)", $0 / 8) >> UInt64($0 % 8 * 8)) }
    }

    func keyText(_ side: String, _ line: Int) -> String { Data(key(side, line)).base64EncodedString() }

    func hex(_ use: String, count: Int) -> String {
        var text = ""
        var round = 0
        while text.utf8.count < count {
            let part = String(word(use, round), radix: 16)
            text += String(repeating: "0", count: 16 - part.utf8.count) + part
            round += 1
        }
        return String(text.prefix(count))
    }

    /// Base64 of a random UUID (RFC 9562 section 5.4): the form of the identifiers in RFC 7865.
    func identifier(_ use: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bits = [word(use, 0) & ~0xF000 | 0x4000, word(use, 1) & ~(3 << 62) | 1 << 63]
        // 128 bits are 21 symbols of six and one of two.
        let symbols = (0..<22).map { index -> Character in
            let start = index * 6
            var value = 0
            for bit in start..<start + 6 { value = value << 1 | (bit < 128 ? Int(bits[bit / 64] >> UInt64(63 - bit % 64) & 1) : 0) }
            return alphabet[value]
        }
        return String(symbols) + "=="
    }
}

/// Text encodings of octets, without Foundation.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Lower-case, no separators.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil unless every character is a hexadecimal digit and their number is even.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? { unsafe text.withUTF8Octets { unsafe decode(octets: $0) } }

    /// The same for text as octets. The result is written once, in place: a secret leaves no copies behind while it grows.
    package static func decode(octets: some Collection<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(octets.count / 2)
        var high: UInt8?
        for unit in octets {
            let value: UInt8
            switch unit {
            case 0x30...0x39: value = unit - 0x30
            case 0x41...0x46: value = unit - 0x41 + 10
            case 0x61...0x66: value = unit - 0x61 + 10
            default: return nil
            }
            if let first = high {
                out.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? out : nil
    }
}

/// RFC 4648 section 4 and 5, tolerant of what the field omits: padding may be absent and both alphabets are read.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let a = bytes[index]
            let b = index + 1 < bytes.count ? bytes[index + 1] : 0
            let c = index + 2 < bytes.count ? bytes[index + 2] : 0
            out.append(alphabet[Int(a >> 2)])
            out.append(alphabet[Int((a & 3) << 4 | b >> 4)])
            out.append(index + 1 < bytes.count ? alphabet[Int((b & 15) << 2 | c >> 6)] : 0x3D)
            out.append(index + 2 < bytes.count ? alphabet[Int(c & 63)] : 0x3D)
            index += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil for any character outside the alphabets, or a length that no octet string encodes to.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? { unsafe text.withUTF8Octets { unsafe decode($0) } }

    private static func decode(_ octets: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(octets.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        var symbols = 0
        var padded = false
        for index in octets.indices {
            let unit = unsafe octets[index]
            let value: UInt32
            switch unit {
            case 0x41...0x5A: value = UInt32(unit) - 0x41
            case 0x61...0x7A: value = UInt32(unit) - 0x61 + 26
            case 0x30...0x39: value = UInt32(unit) - 0x30 + 52
            case 0x2B, 0x2D: value = 62
            case 0x2F, 0x5F: value = 63
            case 0x3D:
                padded = true
                continue
            default: return nil
            }
            if padded { return nil }
            bits = (bits << 6) | value
            count += 6
            symbols += 1
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return symbols % 4 == 1 ? nil : out
    }
}

extension StringProtocol {
    /// Whether the ASCII text `needle`, given in lower case, stands anywhere in this, in whatever case. The library's own search costs
    /// a hundred times as much, and is asked for with every line of a session description.
    package func containsIgnoringCase(_ needle: StaticString) -> Bool {
        unsafe withUTF8Octets { octets in
            needle.withUTF8Buffer { wanted in
                guard octets.count >= wanted.count, let first = unsafe wanted.first else { return wanted.isEmpty }
                // 0x20 tells the cases of a letter apart: most octets are passed by without folding them.
                for start in 0...(octets.count - wanted.count) where unsafe octets[start] | 0x20 == first | 0x20 {
                    var length = 0
                    while unsafe length < wanted.count && octets[start + length].asciiLowercased == wanted[length] { length += 1 }
                    if length == wanted.count { return true }
                }
                return false
            }
        }
    }

    /// The octets as they lie in memory: a loop over `utf8` of a type that is not known calls a function for each of them.
    fileprivate func withUTF8Octets<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ unsafe body($0) }) { return result }
        return unsafe Array(utf8).withUnsafeBufferPointer { unsafe body($0) }
    }
}

/// ASCII helpers over octets: the grammars that we read are ASCII whatever the locale.
extension UInt8 {
    @inlinable package var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self + 0x20 : self }
    @inlinable package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// Space or horizontal tab.
    @inlinable package var isBlank: Bool { self == 0x20 || self == 0x09 }
}

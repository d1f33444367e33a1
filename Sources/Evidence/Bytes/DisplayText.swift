extension Unicode.Scalar {
    /// Whether showing it does something else than showing a character: control characters, marks and overrides of direction, characters
    /// without width, and those that end lines, which a terminal, an editor or a page may obey.
    package var steersDisplay: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// What can be shown in its place: a picture of ASCII's control characters (Unicode block 2400), else its number.
    package var spelledOut: String {
        switch value {
        case 0..<0x20: String(Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}")
        case 0x7F: "\u{2421}"
        default: "⟨U+\(String(value, radix: 16, uppercase: true))⟩"
        }
    }
}

extension String {
    /// The text with everything that steers a display replaced, safe for a terminal line.
    package var printable: String {
        guard unicodeScalars.contains(where: \.steersDisplay) else { return self }
        var out = String.UnicodeScalarView()
        for scalar in unicodeScalars { out.append(scalar.steersDisplay ? "\u{FFFD}" : scalar) }
        return String(out)
    }

    /// At most `limit` characters, and how many are left out.
    package func shortened(to limit: Int) -> String {
        guard utf8.count > limit, let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex), end < endIndex else { return self }
        return "\(self[..<end])… (\(unicodeScalars.distance(from: end, to: endIndex)) more)"
    }
}

/// Text files of what a capture said.
package enum DisplayText {
    /// The octets with every character that steers a display spelled out, but tabs and line ends. Octets that are not UTF-8 stay as they are.
    package static func spelledOut(_ octets: [UInt8]) -> [UInt8] {
        let bytes = unsafe octets.span.bytes
        var position = plainEnd(bytes, from: 0)
        // As nearly all messages are.
        if position == octets.count { return octets }
        var out: [UInt8] = []
        out.reserveCapacity(octets.count + 64)
        out += octets[..<position]
        while position < octets.count {
            let (scalar, length) = scalar(bytes, position)
            if let scalar, scalar.steersDisplay {
                out += scalar.spelledOut.utf8
            } else {
                out += octets[position..<position + length]
            }
            position += length
            let end = plainEnd(bytes, from: position)
            out += octets[position..<end]
            position = end
        }
        return out
    }

    /// Where what needs no look ends: letters of ASCII, tabs, line feeds, and carriage returns before them.
    private static func plainEnd(_ bytes: RawSpan, from start: Int) -> Int {
        let count = bytes.byteCount
        var position = start
        while position < count {
            let octet = bytes.u8(position)
            guard octet >= 0x20 && octet < 0x7F || octet == 0x0A || octet == 0x09 || octet == 0x0D && position + 1 < count && bytes.u8(position + 1) == 0x0A
            else { break }
            position += 1
        }
        return position
    }

    /// The character that begins at `position` and its octets; nil, and one octet, where no UTF-8 (RFC 3629 section 4) does.
    private static func scalar(_ bytes: RawSpan, _ position: Int) -> (scalar: Unicode.Scalar?, length: Int) {
        let first = bytes.u8(position)
        let length: Int
        var value: UInt32
        switch first {
        case 0..<0x80: return (Unicode.Scalar(first), 1)
        case 0xC2..<0xE0: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0..<0xF0: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0..<0xF5: (length, value) = (4, UInt32(first & 0x07))
        default: return (nil, 1)
        }
        guard position + length <= bytes.byteCount else { return (nil, 1) }
        for index in 1..<length {
            let next = bytes.u8(position + index)
            guard next & 0xC0 == 0x80 else { return (nil, 1) }
            value = value << 6 | UInt32(next & 0x3F)
        }
        // Longer than need be is no UTF-8; surrogates and what lies beyond Unicode are refused by the initializer.
        guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value) else { return (nil, 1) }
        return (scalar, length)
    }
}

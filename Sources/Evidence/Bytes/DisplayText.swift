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
        if octets.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 || $0 == 0x0A }) { return octets }
        var out: [UInt8] = []
        out.reserveCapacity(octets.count)
        var position = 0
        while position < octets.count {
            let octet = octets[position]
            if octet == 0x0D, position + 1 < octets.count, octets[position + 1] == 0x0A {
                out.append(octet)
                position += 1
                continue
            }
            let (scalar, length) = scalar(octets, position)
            if let scalar, scalar.steersDisplay, scalar != "\t", scalar != "\n" {
                out += scalar.spelledOut.utf8
            } else {
                out += octets[position..<position + length]
            }
            position += length
        }
        return out
    }

    /// The character that begins at `position` and its octets; nil, and one octet, where no UTF-8 does.
    private static func scalar(_ octets: [UInt8], _ position: Int) -> (scalar: Unicode.Scalar?, length: Int) {
        let length =
            switch octets[position] {
            case 0..<0x80: 1
            case 0xC2..<0xE0: 2
            case 0xE0..<0xF0: 3
            case 0xF0..<0xF5: 4
            default: 0
            }
        guard length > 0, position + length <= octets.count,
            let text = String(validating: octets[position..<position + length], as: UTF8.self)
        else { return (nil, 1) }
        return (text.unicodeScalars.first, length)
    }
}

/// Text of a capture on a page: markup characters become references, and what does not show or would turn the text around becomes visible.
enum HTMLText {
    static func append(_ text: String, to out: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: out += "&amp;".utf8
            case 0x3C: out += "&lt;".utf8
            case 0x3E: out += "&gt;".utf8
            case 0x22: out += "&quot;".utf8
            case 0x27: out += "&#39;".utf8
            case 0x20...0x7E, 0x0A, 0x09: out.append(UInt8(truncatingIfNeeded: scalar.value))
            // A line end is a line feed; the carriage return before it says nothing to a reader.
            case 0x0D: continue
            // Pictures of control characters (Unicode block 2400).
            case 0..<0x20: append(0x2400 + scalar.value, to: &out)
            case 0x7F: append(0x2421, to: &out)
            case 0x80..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
                out += "⟨U+\(String(scalar.value, radix: 16, uppercase: true))⟩".utf8
            // No characters at all (HTML section 13.2.3.5 calls them errors).
            case 0xFDD0...0xFDEF: append(0xFFFD, to: &out)
            case _ where scalar.value & 0xFFFE == 0xFFFE: append(0xFFFD, to: &out)
            default: out += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }

    private static func append(_ value: UInt32, to out: inout [UInt8]) {
        if let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) { out += encoded }
    }

    /// At most `limit` characters, for places where more would break the page; all of it is in the sidecar.
    static func short(_ text: String, _ limit: Int = 80) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex), end < scalars.endIndex else { return text }
        return String(scalars[..<end]) + "…"
    }

    /// A relative address of a file: every octet that is not plain is percent-encoded (RFC 3986 section 2.1).
    static func address(_ path: String) -> String {
        var out = ""
        for octet in path.utf8 {
            switch octet {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: out.unicodeScalars.append(Unicode.Scalar(octet))
            default: out += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
        // A colon in the first part would read as a scheme; it is encoded by now, but two slashes would still name a host.
        return out.hasPrefix("/") ? "." + out : out
    }
}

/// Numbers as text, without a locale.
enum Decimal {
    static func text(_ value: Double, digits: Int = 4) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        var out = "\(scaled / scale)"
        let rest = scaled % scale
        if rest > 0 {
            var fraction = String(rest)
            fraction = String(repeating: "0", count: digits - fraction.count) + fraction
            while fraction.hasSuffix("0") { fraction.removeLast() }
            out += "." + fraction
        }
        return value < 0 && scaled > 0 ? "-" + out : out
    }
}

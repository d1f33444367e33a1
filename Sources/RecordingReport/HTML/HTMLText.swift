import Evidence

/// Text of a capture on a page: markup characters become references, and what does not show or would turn the text around becomes visible.
enum HTMLText {
    /// Runs of plain characters are copied as they are: a page is mostly messages, and they are mostly plain.
    static func append(_ text: String, to out: inout [UInt8]) {
        let octets = text.utf8.span
        var start = 0
        var at = 0
        while at < octets.count {
            let lead = octets[at]
            if isPlain(lead) {
                at += 1
                continue
            }
            copy(octets.extracting(start..<at), to: &out)
            // A string is valid UTF-8, so the lead octet tells the length.
            let count = min(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, octets.count - at)
            var value = UInt32(count == 1 ? lead : lead & (0x7F >> UInt8(count)))
            for index in 1..<max(1, count) { value = value << 6 | UInt32(octets[at + index] & 0x3F) }
            if !appendSpecial(value, to: &out) { copy(octets.extracting(at..<at + count), to: &out) }
            at += count
            start = at
        }
        copy(octets.extracting(start..<at), to: &out)
    }

    private static func copy(_ octets: Span<UInt8>, to out: inout [UInt8]) {
        unsafe octets.withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
    }

    /// ASCII that shows and is no markup, a bit each: below 64 without `"`, `&`, `'`, `<` and `>`, with tab and line feed; above without DEL.
    private static func isPlain(_ octet: UInt8) -> Bool {
        let low: UInt64 = 0xAFFF_FF3B_0000_0600
        let high: UInt64 = 0x7FFF_FFFF_FFFF_FFFF
        return octet < 0x80 && (octet < 0x40 ? low : high) >> UInt64(octet & 0x3F) & 1 == 1
    }

    /// False for a character that stays as it is.
    private static func appendSpecial(_ value: UInt32, to out: inout [UInt8]) -> Bool {
        switch value {
        case 0x26: out += "&amp;".utf8
        case 0x3C: out += "&lt;".utf8
        case 0x3E: out += "&gt;".utf8
        case 0x22: out += "&quot;".utf8
        case 0x27: out += "&#39;".utf8
        // A line end is a line feed; the carriage return before it says nothing to a reader.
        case 0x0D: break
        // No characters at all (HTML section 13.2.3.5 calls them errors).
        case 0xFDD0...0xFDEF: append(0xFFFD, to: &out)
        case _ where value & 0xFFFE == 0xFFFE: append(0xFFFD, to: &out)
        default:
            guard let scalar = Unicode.Scalar(value), scalar.steersDisplay else { return false }
            out += scalar.spelledOut.utf8
        }
        return true
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

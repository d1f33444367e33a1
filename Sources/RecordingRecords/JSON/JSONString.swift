import Evidence

extension [UInt8] {
    /// Appends a string literal (RFC 8259 section 7). What must be escaped is, and what would steer the display of who looks at the file; the slash
    /// is not. True where the text stands there as it is.
    @discardableResult
    mutating func append(jsonString text: String) -> Bool {
        append(0x22)
        var text = text
        let isPlain = text.withUTF8 { octets in
            guard unsafe octets.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) else { return false }
            unsafe append(contentsOf: octets)
            return true
        }
        if !isPlain { appendEscaped(text) }
        append(0x22)
        return isPlain
    }

    private mutating func appendEscaped(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": self += [0x5C, UInt8(ascii: scalar)]
            case _ where scalar.steersDisplay: appendEscape(of: scalar)
            default: self += scalar.utf8
            }
        }
    }

    private mutating func appendEscape(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x08: self += "\\b".utf8
        case 0x09: self += "\\t".utf8
        case 0x0A: self += "\\n".utf8
        case 0x0C: self += "\\f".utf8
        case 0x0D: self += "\\r".utf8
        // One unit of UTF-16, or a pair.
        default:
            for unit in scalar.utf16 {
                let digits = String(unit, radix: 16)
                self += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
            }
        }
    }
}

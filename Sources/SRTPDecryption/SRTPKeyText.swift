import Evidence

/// Master key and salt as people write them, with a diagnosis that helps and shows no octet of the key.
package enum SRTPKeyText {
    /// A key as it was read, or what is wrong with it.
    package enum Reading: Sendable {
        /// `note` tells what was odd about a key that could be read all the same.
        case octets([UInt8], note: String?)
        case unreadable(String)
    }

    /// Reads `hex:…`, `inline:…`, `base64:…`, or the bare octets in base64 or hexadecimal.
    package static func read(_ text: String) -> Reading {
        var body = text[...]
        var notes: [String] = []
        var isHex = false
        for (prefix, hex) in [("hex:", true), ("0x", true), ("base64:", false), ("inline:", false)] where body.lowercased().hasPrefix(prefix) {
            body = body.dropFirst(prefix.utf8.count)
            isHex = hex
            break
        }
        let packed = body.filter { !$0.isWhitespace && !(isHex && ($0 == ":" || $0 == "-")) }
        if packed.count != body.count { notes.append(isHex ? "separators or spaces inside were skipped" : "whitespace inside was skipped") }
        guard !packed.isEmpty else { return .unreadable("the key is empty") }
        if isHex {
            if let octets = Hex.decode(packed) { return .octets(octets, note: notes.first) }
            if packed.count % 2 == 1, packed.allSatisfy(\.isHexDigit) {
                return .unreadable("an odd number of hexadecimal digits (\(packed.count)): one is missing")
            }
            return .unreadable(
                "marked as hexadecimal, but has characters that are not hexadecimal digits\(Base64.decode(packed) == nil ? "" : "; it looks like base64: leave `hex:` out")"
            )
        }
        // 56, 60, 76, 88 and 92 digits are whole keys in hexadecimal; as base64 they are no key of any suite.
        if packed.allSatisfy(\.isHexDigit), let octets = Hex.decode(packed), !SRTPSuite.fitting(octets.count).isEmpty,
            SRTPSuite.fitting(Base64.decode(packed)?.count ?? 0).isEmpty
        {
            return .octets(octets, note: "the key is hexadecimal without `hex:` before it")
        }
        guard let octets = Base64.decode(packed) else { return .unreadable("neither base64 nor hexadecimal") }
        if packed.contains("-") || packed.contains("_") { notes.append("written in the URL-safe base64 alphabet") }
        return .octets(octets, note: notes.isEmpty ? nil : notes.joined(separator: "; "))
    }

    /// Why `count` octets are no key of `suite`.
    package static func lengthProblem(_ count: Int, suite: SRTPSuite) -> String {
        let need = suite.keyLength + suite.saltLength
        var words = "\(count) bytes, but \(suite.rawValue) needs \(need): a key of \(suite.keyLength) and a salt of \(suite.saltLength)"
        if count == suite.keyLength {
            words += "; the salt is missing"
        } else if count == suite.saltLength {
            words += "; this is a salt without its key"
        } else if suite.isAEAD, count == suite.keyLength + 14 {
            words += "; the salt has 14 bytes as for AES_CM, but GCM suites need 12"
        } else if !suite.isAEAD, count == suite.keyLength + 12 {
            words += "; the salt has 12 bytes as for GCM, but AES_CM suites need 14"
        } else if count == need * 2 {
            words += "; twice as long as needed: hexadecimal text encoded once more, or both directions in one"
        } else {
            let others = SRTPSuite.fitting(count).map(\.rawValue)
            words += others.isEmpty ? "; no suite has keys of this length" : "; it would fit \(others.joined(separator: ", "))"
        }
        return words
    }
}

extension SRTPSuite {
    /// The suites whose key and salt together have `octets` octets.
    package static func fitting(_ octets: Int) -> [SRTPSuite] { allCases.filter { $0.keyLength + $0.saltLength == octets } }

}

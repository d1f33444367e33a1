/// Key files of plain lines: `a=crypto:` as SDP has it (RFC 4568 section 9.2), and `inline:` strings on their own.
package enum KeyFileLines {
    /// The entries of `text`; empty where no line looks like a key. Blank lines and those after `#` or `//` are skipped.
    package static func fields(_ text: String, file: String, problems: inout [KeyFileProblem]) -> [KeyFileFields] {
        var out: [KeyFileFields] = []
        var isKeyLog = false
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = raw.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first, !first.hasPrefix("#"), !first.hasPrefix("//") else { continue }
            if [
                "CLIENT_RANDOM", "EXPORTER_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                "SERVER_HANDSHAKE_TRAFFIC_SECRET", "RSA",
            ].contains(first) {
                // Said once: a key log has thousands of lines.
                if !isKeyLog { problems.append(KeyFileProblem(file: file, line: index + 1, message: "this is a TLS key log: use --tls-keylog")) }
                isKeyLog = true
                continue
            }
            var suite: String?
            // The first word that is a suite's name, wherever it stands: `a=crypto:1 SUITE inline:…`, `SUITE inline:…`.
            for word in words where suite == nil && !word.lowercased().contains("inline:") && isSuite(word) { suite = word }
            var found = false
            for word in words.dropFirst(words.firstIndex { $0.lowercased().hasPrefix("inline:") } ?? words.count) {
                guard word.lowercased().contains("inline:") else { break }
                for parameter in word.split(separator: ";") {
                    guard parameter.lowercased().hasPrefix("inline:") else { continue }
                    var fields = KeyFileFields(line: index + 1)
                    let parts = parameter.dropFirst(7).split(separator: "|", omittingEmptySubsequences: false)
                    fields.key = parts.first.map(String.init)
                    fields.suite = suite
                    // An MKI has a colon, a lifetime never has (RFC 4568 section 6.1).
                    if let mki = parts.dropFirst().first(where: { $0.contains(":") }) { fields.mki = hexadecimal(mki) }
                    out.append(fields)
                    found = true
                }
                break
            }
            if !found {
                problems.append(
                    KeyFileProblem(file: file, line: index + 1, message: "the line has no key: expected `a=crypto:` with `inline:`, or `inline:` alone"))
            }
        }
        return out
    }

    private static func isSuite(_ word: String) -> Bool { word.contains("_") && !word.contains("=") && !word.contains(":") }

    /// `value:length` as that many octets in hexadecimal; anything else comes back as it is and is told as a mistake.
    private static func hexadecimal(_ field: Substring) -> String {
        let parts = field.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = UInt64(parts[0]), let length = Int(parts[1]), (1...128).contains(length) else { return "?" }
        let digits = String(value, radix: 16)
        guard digits.count <= length * 2 else { return "?" }
        return String(repeating: "0", count: length * 2 - digits.count) + digits
    }
}

import Evidence

/// Where octets of signalling hold keys and credentials, whatever the part they stand in: what follows `inline:` (RFC 4568), `Authorization`
/// fields with their continuation lines (RFC 3261 section 7.3.1), `a=key-mgmt` (RFC 4567), `k=` (RFC 4566 section 5.12), and bodies in
/// base64, which may hold any of these.
package struct SecretSpans {
    package struct Span: Equatable {
        package let range: Range<Int>
        /// Whether the text around it wants a blank before what stands in its place.
        package let needsBlank: Bool
    }

    /// In order, without overlap.
    package private(set) var spans: [Span] = []

    package init(_ octets: [UInt8]) {
        var isSecretField = false
        var isEncodedPart = false
        var isEncodedBody = false
        var index = 0
        while index < octets.count {
            let line = index..<Self.lineEnd(octets, from: index)
            if line.isEmpty {
                isEncodedBody = isEncodedPart
                isSecretField = false
            } else if octets[index] == 0x2D, line.count > 1, octets[index + 1] == 0x2D {
                isEncodedPart = false
                isEncodedBody = false
            } else if isEncodedBody {
                add(line)
            } else if isSecretField, octets[index] == 0x20 || octets[index] == 0x09 {
                add(line, needsBlank: true)
            } else {
                // Most lines begin with another letter than the fields that matter, and need no closer look.
                let initial = line.first { octets[$0] != 0x20 && octets[$0] != 0x09 }.map { octets[$0].asciiLowercased }
                let isSuspect = initial == 0x61 || initial == 0x63 || initial == 0x70
                let colon = isSuspect ? line.first { octets[$0] == 0x3A } : nil
                let field = line.lowerBound..<(colon ?? line.lowerBound)
                isSecretField = colon != nil && Self.secretFields.contains { Self.isWord($0, octets, field) }
                if let colon, isSecretField {
                    add(colon + 1..<line.upperBound, needsBlank: true)
                } else if initial == 0x6B, Self.isWord(Self.keyField, octets, line.prefix(2)) {
                    add(line.dropFirst(2))
                } else {
                    if let colon, Self.isWord(Self.encodingField, octets, field) {
                        isEncodedPart = Self.isWord(Self.base64, octets, colon + 1..<line.upperBound)
                    }
                    addInlineKeys(octets, line)
                }
            }
            // The line's end: CRLF, LF or CR.
            index = line.upperBound
            if index < octets.count {
                index += octets[index] == 0x0D && index + 1 < octets.count && octets[index + 1] == 0x0A ? 2 : 1
            }
        }
    }

    private static func lineEnd(_ octets: [UInt8], from start: Int) -> Int {
        var index = start
        while index < octets.count, octets[index] != 0x0A, octets[index] != 0x0D { index += 1 }
        return index
    }

    private mutating func add(_ range: Range<Int>, needsBlank: Bool = false) { spans.append(Span(range: range, needsBlank: needsBlank)) }

    private static let secretFields = ["authorization", "proxy-authorization", "a=key-mgmt"].map { Array($0.utf8) }
    private static let keyField = Array("k=".utf8)
    private static let encodingField = Array("content-transfer-encoding".utf8)
    private static let base64 = Array("base64".utf8)
    private static let mark = Array("inline:".utf8)

    /// Whether the range holds this lower-case word, whatever its case, and blanks anywhere.
    private static func isWord(_ word: [UInt8], _ octets: [UInt8], _ range: Range<Int>) -> Bool {
        var matched = 0
        for index in range where octets[index] != 0x20 && octets[index] != 0x09 {
            guard matched < word.count, octets[index].asciiLowercased == word[matched] else { return false }
            matched += 1
        }
        return matched == word.count
    }

    /// A key ends at its lifetime, at the next key or at a blank that is not before it.
    private mutating func addInlineKeys(_ octets: [UInt8], _ line: Range<Int>) {
        let mark = Self.mark
        var index = line.lowerBound
        // The mark's colon first: few lines have one that far from their beginning, and letters are everywhere.
        while index + mark.count <= line.upperBound {
            guard octets[index + mark.count - 1] == 0x3A, mark.indices.allSatisfy({ octets[index + $0].asciiLowercased == mark[$0] }) else {
                index += 1
                continue
            }
            index += mark.count
            let start = index
            while index < line.upperBound, octets[index] == 0x20 || octets[index] == 0x09 { index += 1 }
            while index < line.upperBound, ![0x20, 0x09, 0x3B, 0x7C].contains(octets[index]) { index += 1 }
            add(start..<index)
        }
    }

    /// The octets with `[redacted]` in the place of each span.
    package static func redacted(_ octets: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(octets.count)
        var done = 0
        for span in SecretSpans(octets).spans {
            out += octets[done..<span.range.lowerBound]
            out += Array((span.needsBlank ? " [redacted]" : "[redacted]").utf8)
            done = span.range.upperBound
        }
        return out + octets[done...]
    }
}

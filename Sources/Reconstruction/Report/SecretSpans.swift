import Evidence

/// Where octets of signalling hold keys and credentials, whatever the part they stand in: what follows `inline:` (RFC 4568), `Authorization`
/// fields with their continuation lines (RFC 3261 section 7.3.1), `a=key-mgmt` (RFC 4567), `k=` (RFC 4566 section 5.12), and bodies in
/// base64, which may hold any of these.
struct SecretSpans {
    struct Span: Equatable {
        let range: Range<Int>
        /// Whether the text around it wants a blank before what stands in its place.
        let needsBlank: Bool
    }

    /// In order, without overlap.
    private(set) var spans: [Span] = []

    init(_ octets: [UInt8]) {
        var isSecretField = false
        var isEncodedPart = false
        var isEncodedBody = false
        var index = 0
        while index < octets.count {
            let end = octets[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? octets.count
            let line = octets[index..<end]
            if line.isEmpty {
                isEncodedBody = isEncodedPart
                isSecretField = false
            } else if line.starts(with: [0x2D, 0x2D]) {
                isEncodedPart = false
                isEncodedBody = false
            } else if isEncodedBody {
                add(index..<end)
            } else if isSecretField, line.first == 0x20 || line.first == 0x09 {
                add(index..<end, needsBlank: true)
            } else {
                // Most lines begin with another letter than the fields that matter, and need no closer look.
                let initial = line.first { $0 != 0x20 && $0 != 0x09 }?.asciiLowercased
                let isSuspect = initial == 0x61 || initial == 0x63 || initial == 0x6B || initial == 0x70
                let colon = isSuspect ? line.firstIndex(of: 0x3A) : nil
                let field = colon.map { Self.word(line[..<$0]) } ?? ""
                isSecretField = ["authorization", "proxy-authorization", "a=key-mgmt"].contains(field)
                if let colon, isSecretField {
                    add(colon + 1..<end, needsBlank: true)
                } else if initial == 0x6B, Self.word(line.prefix(2)) == "k=" {
                    add(index + 2..<end)
                } else {
                    if let colon, field == "content-transfer-encoding" { isEncodedPart = Self.word(line[(colon + 1)...]) == "base64" }
                    addInlineKeys(line)
                }
            }
            // The line's end: CRLF, LF or CR.
            index = end
            if index < octets.count {
                index += octets[index] == 0x0D && index + 1 < octets.count && octets[index + 1] == 0x0A ? 2 : 1
            }
        }
    }

    private mutating func add(_ range: Range<Int>, needsBlank: Bool = false) { spans.append(Span(range: range, needsBlank: needsBlank)) }

    /// Lower-case text without blanks.
    private static func word(_ octets: ArraySlice<UInt8>) -> String {
        String(decoding: octets.filter { $0 != 0x20 && $0 != 0x09 }.map(\.asciiLowercased), as: UTF8.self)
    }

    /// A key ends at its lifetime, at the next key or at a blank that is not before it.
    private mutating func addInlineKeys(_ line: ArraySlice<UInt8>) {
        let mark = Array("inline:".utf8)
        var index = line.startIndex
        while index < line.endIndex {
            // "in" first: comparing the whole mark makes arrays.
            guard line[index].asciiLowercased == 0x69, line[index...].dropFirst().first?.asciiLowercased == 0x6E,
                line[index...].prefix(mark.count).map(\.asciiLowercased) == mark
            else {
                index += 1
                continue
            }
            index += mark.count
            let start = index
            while index < line.endIndex, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
            while index < line.endIndex, ![0x20, 0x09, 0x3B, 0x7C].contains(line[index]) { index += 1 }
            add(start..<index)
        }
    }

    /// The octets with `[redacted]` in the place of each span.
    static func redacted(_ octets: [UInt8]) -> [UInt8] {
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

import Evidence

/// One `;name=value` of a header field or a URI.
package struct SIPParameter: Sendable, Equatable {
    /// Lower-case.
    package let name: String
    /// Without quotes and their escapes; nil for a flag.
    package let value: String?

    package init(name: String, value: String?) {
        self.name = name
        self.value = value
    }
}

extension Array where Element == SIPParameter {
    /// The value of the first parameter with this lower-case name; nil when absent or a flag.
    package func value(_ name: String) -> String? { first { $0.name == name }?.value }
    package func contains(named name: String) -> Bool { contains { $0.name == name } }
}

/// Splitting of header values with respect for quoted strings and angle brackets.
package enum HeaderText {
    /// The elements of a comma list, trimmed, empty ones left out.
    package static func commaSplit(_ text: String) -> [String] { split(text, at: 0x2C).filter { !$0.isEmpty } }

    /// Splits at an ASCII separator that is neither in a quoted string (escapes honoured) nor in `<>`; pieces are trimmed.
    package static func split(_ text: String, at separator: UInt8) -> [String] {
        let octets = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        var isQuoted = false
        var isEscaped = false
        var isBracketed = false
        for (index, octet) in octets.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if octet == 0x5C { isEscaped = true } else if octet == 0x22 { isQuoted = false }
            } else if octet == 0x22, !isBracketed {
                isQuoted = true
            } else if octet == 0x3C {
                isBracketed = true
            } else if octet == 0x3E {
                isBracketed = false
            } else if octet == separator, !isBracketed {
                pieces.append(String(decoding: HeaderBlock.trimmed(octets, start..<index), as: UTF8.self))
                start = index + 1
            }
        }
        pieces.append(String(decoding: HeaderBlock.trimmed(octets, start..<octets.count), as: UTF8.self))
        return pieces
    }

    static func trim(_ octets: some Collection<UInt8>) -> String {
        let array = Array(octets)
        return String(decoding: HeaderBlock.trimmed(array, array.indices), as: UTF8.self)
    }

    /// `name`, `name=value`, `name="quoted"` pieces as parameters; empty pieces are skipped.
    package static func parameters(_ pieces: some Sequence<String>) -> [SIPParameter] {
        var out: [SIPParameter] = []
        for piece in pieces where !piece.isEmpty {
            guard let equals = piece.utf8.firstIndex(of: 0x3D) else {
                out.append(SIPParameter(name: piece.lowercased(), value: nil))
                continue
            }
            let name = trim(piece.utf8[..<equals]).lowercased()
            out.append(SIPParameter(name: name, value: unquoted(trim(piece.utf8[piece.utf8.index(after: equals)...]))))
        }
        return out
    }

    /// A quoted string's content with `\x` escapes undone; any other text as it is.
    package static func unquoted(_ text: String) -> String {
        let octets = Array(text.utf8)
        guard octets.first == 0x22 else { return text }
        var out: [UInt8] = []
        var index = 1
        while index < octets.count {
            if octets[index] == 0x5C, index + 1 < octets.count {
                index += 1
            } else if octets[index] == 0x22 {
                break
            }
            out.append(octets[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}

import Evidence

/// `"Name" <uri>;params`, a bare URI or a bare number, as extensions copy it from SIP header fields (RFC 3261 section 20.10).
struct NamedAddress: Equatable {
    /// Without parameters of the header field.
    let uri: String?
    let name: String?

    init(name: String) {
        uri = nil
        self.name = name
    }

    init(_ text: String) {
        let text = text.trimmedXML
        guard let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else {
            let bare = String(text.prefix { $0 != ";" }).trimmedXML
            uri = bare.isEmpty ? nil : bare
            name = nil
            return
        }
        let address = String(text[text.index(after: open)..<close]).trimmedXML
        uri = address.isEmpty ? nil : address
        var display = String(text[..<open]).trimmedXML
        if display.hasPrefix("\""), display.hasSuffix("\""), display.utf8.count >= 2 {
            display = String(display.dropFirst().dropLast())
            var unescaped = ""
            var isEscaped = false
            for character in display {
                if character == "\\", !isEscaped {
                    isEscaped = true
                } else {
                    unescaped.append(character)
                    isEscaped = false
                }
            }
            display = unescaped.trimmedXML
        }
        name = display.isEmpty ? nil : display
    }
}

/// An address reduced to what two spellings of it share.
package struct ComparableAddress: Equatable {
    /// Lower case, without scheme, password and parameters.
    let user: String
    /// Empty where the address has none.
    let host: String

    package init(_ text: String) {
        let folded = text.lowercased()
        var rest = folded.utf8[...]
        for scheme in ["sips:", "sip:", "tel:"] where rest.starts(with: scheme.utf8) { rest = rest.dropFirst(scheme.utf8.count) }
        rest = rest.prefix { $0 != 0x3B && $0 != 0x3F && $0 != 0x3E }
        if let at = rest.lastIndex(of: 0x40) {
            user = String(Substring(rest[..<at].prefix { $0 != 0x3A }))
            host = String(Substring(rest[rest.index(after: at)...].prefix { $0 != 0x3A }))
        } else {
            user = String(Substring(rest))
            host = ""
        }
    }

    /// Digits of a telephone number with its separators left out; nil where the user part is none.
    var number: String? {
        let separators: StaticString = "+-.() "
        var digits: [UInt8] = []
        for octet in user.utf8 {
            if octet.isASCIIDigit {
                digits.append(octet)
            } else if !separators.withUTF8Buffer({ unsafe $0.contains(octet) }) {
                return nil
            }
        }
        return digits.count >= 3 ? String(decoding: digits, as: UTF8.self) : nil
    }

    /// Under which two spellings of one user are found: the user part, and the digits where it is a number.
    package var keys: [String] { user.isEmpty ? [] : [user] + (number.map { ["#" + $0] } ?? []) }
}

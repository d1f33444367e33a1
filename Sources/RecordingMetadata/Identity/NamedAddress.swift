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
        var rest = text.lowercased()[...]
        for scheme in ["sips:", "sip:", "tel:"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        rest = rest.prefix { $0 != ";" && $0 != "?" && $0 != ">" }
        if let at = rest.lastIndex(of: "@") {
            user = String(rest[..<at].prefix { $0 != ":" })
            host = String(rest[rest.index(after: at)...].prefix { $0 != ":" })
        } else {
            user = String(rest)
            host = ""
        }
    }

    /// Digits of a telephone number with its separators left out; nil where the user part is none.
    var number: String? {
        let digits = user.filter { $0.isASCII && $0.isNumber }
        let isNumber = user.allSatisfy { $0.isASCII && $0.isNumber || "+-.() ".contains($0) }
        return isNumber && digits.count >= 3 ? digits : nil
    }

    /// Under which two spellings of one user are found: the user part, and the digits where it is a number.
    package var keys: [String] { user.isEmpty ? [] : [user] + (number.map { ["#" + $0] } ?? []) }
}

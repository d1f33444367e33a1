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

    /// `name`, `name=value` or `name="quoted"`.
    init(_ piece: ArraySlice<UInt8>) {
        let equals = piece.firstIndex(of: 0x3D)
        name = HeaderText.lowercased(equals.map { HeaderText.trimmed(piece[..<$0]) } ?? piece)
        value = equals.map { HeaderText.unquoted(HeaderText.text(HeaderText.trimmed(piece[($0 + 1)...]))) }
    }
}

extension Array where Element == SIPParameter {
    /// The value of the first parameter with this lower-case name; nil when absent or a flag.
    package func value(_ name: String) -> String? { first { $0.name == name }?.value }
    package func contains(named name: String) -> Bool { contains { $0.name == name } }
}

/// The pieces of a header value between separators that are neither in a quoted string (escapes honoured) nor in `<>`; trimmed.
///
/// Works on octets, as all grammar is ASCII and most of what is split is never wanted as text.
struct HeaderPieces: Sequence, IteratorProtocol {
    private let octets: ArraySlice<UInt8>
    private let separator: UInt8
    /// Where the next piece begins; nil after the last.
    private var start: Int?

    init(_ octets: ArraySlice<UInt8>, at separator: UInt8) {
        self.octets = octets
        self.separator = separator
        start = octets.startIndex
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard let start else { return nil }
        var isQuoted = false
        var isBracketed = false
        var index = start
        while index < octets.endIndex {
            let octet = octets[index]
            if isQuoted {
                if octet == 0x5C { index += 1 } else if octet == 0x22 { isQuoted = false }
            } else if octet == 0x22, !isBracketed {
                isQuoted = true
            } else if octet == 0x3C {
                isBracketed = true
            } else if octet == 0x3E {
                isBracketed = false
            } else if octet == separator, !isBracketed {
                self.start = index + 1
                return HeaderText.trimmed(octets[start..<index])
            }
            index += 1
        }
        self.start = nil
        return HeaderText.trimmed(octets[start...])
    }

    /// The value of the first parameter with this lower-case name; nil when absent or a flag.
    mutating func value(_ name: StaticString) -> String? {
        while let piece = next() {
            let equals = piece.firstIndex(of: 0x3D)
            guard HeaderText.trimmed(piece[..<(equals ?? piece.endIndex)]).equalsIgnoringCase(name) else { continue }
            return equals.map { HeaderText.unquoted(HeaderText.text(HeaderText.trimmed(piece[($0 + 1)...]))) }
        }
        return nil
    }

    /// The rest as parameters; empty pieces are skipped.
    consuming func parameters() -> [SIPParameter] {
        var out: [SIPParameter] = []
        while let piece = next() { if !piece.isEmpty { out.append(SIPParameter(piece)) } }
        return out
    }
}

/// Splitting of header values with respect for quoted strings and angle brackets.
package enum HeaderText {
    /// Splits at an ASCII separator that is neither in a quoted string nor in `<>`; pieces are trimmed.
    package static func split(_ text: String, at separator: UInt8) -> [String] { HeaderPieces(Array(text.utf8)[...], at: separator).map { self.text($0) } }

    /// `name`, `name=value`, `name="quoted"` pieces as parameters; empty pieces are skipped.
    package static func parameters(_ pieces: some Sequence<String>) -> [SIPParameter] {
        pieces.lazy.filter { !$0.isEmpty }.map { SIPParameter(Array($0.utf8)[...]) }
    }

    /// Octets that are not UTF-8 become U+FFFD.
    static func text(_ octets: ArraySlice<UInt8>) -> String { String(decoding: octets, as: UTF8.self) }

    /// The text in lower case, which in ASCII it mostly is already.
    static func lowercased(_ octets: ArraySlice<UInt8>) -> String {
        let isPlain = octets.allSatisfy { $0 < 0x80 && $0.asciiLowercased == $0 }
        return isPlain ? text(octets) : text(octets).lowercased()
    }

    /// Without blanks and carriage returns at both ends.
    static func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var low = octets.startIndex
        var high = octets.endIndex
        while low < high, octets[low].isBlank || octets[low] == 0x0D { low += 1 }
        while high > low, octets[high - 1].isBlank || octets[high - 1] == 0x0D { high -= 1 }
        return octets[low..<high]
    }

    /// A quoted string's content with `\x` escapes undone; any other text as it is.
    static func unquoted(_ text: String) -> String {
        guard text.utf8.first == 0x22 else { return text }
        let octets = Array(text.utf8)
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

extension ArraySlice<UInt8> {
    /// Whether the octets spell an ASCII text that is given in any case.
    func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for step in 0..<count where unsafe text.utf8Start[step].asciiLowercased != self[startIndex + step].asciiLowercased { return false }
        return true
    }
}

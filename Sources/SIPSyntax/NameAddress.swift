import Evidence

/// `name-addr` or `addr-spec` with header parameters (RFC 3261 section 20.10).
///
/// Parameters after a URI without angle brackets belong to the header field, not to the URI: `Contact: sip:a@b;+sip.src`.
package struct NameAddress: Sendable, Equatable {
    /// Without quotes and escapes; nil when absent or empty.
    package let displayName: String?
    package let uri: SIPURI
    package let parameters: [SIPParameter]
    /// A bracket or quote without its partner, or no URI scheme.
    package let isMalformed: Bool

    /// `tag` (RFC 3261 section 19.3).
    package var tag: String? { parameters.value("tag") }

    /// Nil for empty text.
    package init?(parsing text: String) { self.init(Array(text.utf8)[...]) }

    init?(_ octets: ArraySlice<UInt8>) {
        guard let layout = AddressLayout(octets) else { return nil }
        let display = layout.isQuoted ? HeaderText.unquoted(HeaderText.text(layout.display)) : HeaderText.text(layout.display)
        displayName = display.isEmpty ? nil : display
        uri = SIPURI(layout.uri)
        parameters = layout.parameters?.parameters() ?? uri.parameters
        isMalformed = layout.isMalformed
    }
}

/// Where the parts of a `name-addr` or `addr-spec` stand. What nearly every message is only asked for, its tags and whether its addresses
/// can be read, needs no texts.
struct AddressLayout {
    /// Before the URI; with its quotes where `isQuoted`.
    let display: ArraySlice<UInt8>
    let isQuoted: Bool
    let uri: ArraySlice<UInt8>
    private let isDamaged: Bool
    /// What holds the parameters, behind its first piece; nil where they read as those of the URI, as Metaswitch omits `>`.
    private let tail: ArraySlice<UInt8>?

    /// Nil for no octets.
    init?(_ octets: ArraySlice<UInt8>) {
        guard let first = octets.first else { return nil }
        var index = octets.startIndex
        isQuoted = first == 0x22
        if isQuoted {
            index += 1
            while index < octets.endIndex, octets[index] != 0x22 { index += octets[index] == 0x5C ? 2 : 1 }
        }
        let isOpenQuote = isQuoted && index >= octets.endIndex
        if isQuoted { index = min(index + 1, octets.endIndex) }
        if let open = octets[index...].firstIndex(of: 0x3C) {
            display = isQuoted ? octets[..<index] : HeaderText.trimmed(octets[index..<open])
            let close = octets[open...].firstIndex(of: 0x3E)
            isDamaged = isOpenQuote || close == nil
            uri = HeaderText.trimmed(octets[(open + 1)..<(close ?? octets.endIndex)])
            tail = close.map { octets[($0 + 1)...] }
        } else {
            display = octets[..<index]
            isDamaged = isOpenQuote
            let rest = octets[index...]
            var pieces = HeaderPieces(rest, at: 0x3B)
            uri = pieces.next() ?? rest
            tail = rest
        }
    }

    var isMalformed: Bool { isDamaged || SIPURI.scheme(uri) == nil }

    /// The parameters of the header field; nil where they read as those of the URI.
    var parameters: HeaderPieces? {
        guard let tail else { return nil }
        var pieces = HeaderPieces(tail, at: 0x3B)
        _ = pieces.next()
        return pieces
    }

    /// `tag` (RFC 3261 section 19.3).
    var tag: String? {
        guard var parameters else { return SIPURI(uri).parameters.value("tag") }
        return parameters.value("tag")
    }
}

import Evidence

/// `name-addr` or `addr-spec` with header parameters (RFC 3261 section 20.10).
///
/// Parameters after a URI without angle brackets belong to the header field, not to the URI: `Contact: sip:a@b;+sip.src`.
package struct NameAddress: Sendable, Equatable {
    /// Without quotes and escapes; nil when absent or empty.
    package let displayName: String?
    package let uri: SIPURI
    package let parameters: [SIPParameter]
    /// As it stood.
    package let raw: String
    /// A bracket or quote without its partner, or no URI scheme.
    package let isMalformed: Bool

    /// `tag` (RFC 3261 section 19.3).
    package var tag: String? { parameters.value("tag") }

    /// Nil for empty text.
    package init?(parsing text: String) {
        let octets = Array(text.utf8)
        guard !octets.isEmpty else { return nil }
        raw = text
        var index = 0
        var display: String?
        var isDamaged = false
        if octets[0] == 0x22 {
            index = 1
            while index < octets.count, octets[index] != 0x22 { index += octets[index] == 0x5C ? 2 : 1 }
            isDamaged = index >= octets.count
            index = min(index + 1, octets.count)
            display = HeaderText.unquoted(String(decoding: octets[..<index], as: UTF8.self))
        }
        if let open = octets[index...].firstIndex(of: 0x3C) {
            if display == nil { display = HeaderText.trim(octets[index..<open]) }
            let close = octets[open...].firstIndex(of: 0x3E)
            isDamaged = isDamaged || close == nil
            uri = SIPURI(parsing: HeaderText.trim(octets[(open + 1)..<(close ?? octets.count)]))
            let rest = close.map { String(decoding: octets[($0 + 1)...], as: UTF8.self) } ?? ""
            let pieces = HeaderText.split(rest, at: 0x3B)
            // Metaswitch omits `>`; the tag then sits in what reads as URI parameters.
            parameters = close == nil ? uri.parameters : HeaderText.parameters(pieces.dropFirst())
        } else {
            let pieces = HeaderText.split(String(decoding: octets[index...], as: UTF8.self), at: 0x3B)
            uri = SIPURI(parsing: pieces.first ?? "")
            parameters = HeaderText.parameters(pieces.dropFirst())
        }
        displayName = display.flatMap { $0.isEmpty ? nil : $0 }
        isMalformed = isDamaged || uri.scheme.isEmpty
    }
}

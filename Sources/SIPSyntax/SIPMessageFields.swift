import Evidence

/// Fields that a dialog or a transaction is told by.
extension SIPMessage {
    package var isRequest: Bool { status == nil }

    /// Value of the first header field of this name, in any case and form.
    package func first(_ name: String) -> String? { headers.named(name).first.map { HeaderText.text($0.content(in: raw)) } }

    /// Value of the first header field of this name.
    package func first(_ name: HeaderName) -> String? { headers.content(name).map { HeaderText.text($0) } }

    /// Every value of this name: repeated fields and comma lists are the same thing (RFC 3261 section 7.3.1).
    package func values(of name: String) -> [String] { elements(headers.named(name)).map { HeaderText.text($0) } }

    /// The elements of comma lists as octets, empty ones left out.
    private func elements(_ places: some Sequence<HeaderPlace>) -> [ArraySlice<UInt8>] {
        var out: [ArraySlice<UInt8>] = []
        for place in places {
            for element in HeaderPieces(place.content(in: raw), at: 0x2C) where !element.isEmpty { out.append(element) }
        }
        return out
    }

    private func elements(_ name: HeaderName) -> [ArraySlice<UInt8>] { elements(headers.places.lazy.filter { $0.name == name }) }

    /// Octets from the start of the message to the first header field of this name; nil where there is none.
    package func offset(of name: HeaderName) -> Int? { headers.places.first { $0.name == name }.map { Int($0.offset) } }

    package var callID: String? { first(.callID).flatMap { $0.isEmpty ? nil : $0 } }
    package var from: NameAddress? { headers.content(.from).flatMap { NameAddress($0) } }
    package var to: NameAddress? { headers.content(.to).flatMap { NameAddress($0) } }

    /// Addresses that the header fields of this name give.
    package func addresses(_ name: HeaderName) -> [NameAddress] { elements(name).compactMap { NameAddress($0) } }

    /// Contact addresses; `*` is none.
    package var contacts: [NameAddress] { elements(.contact).filter { !$0.elementsEqual([0x2A]) }.compactMap { NameAddress($0) } }

    /// Branch parameter of the topmost Via (RFC 3261 section 8.1.1.7).
    package var topViaBranch: String? {
        guard let via = headers.content(.via), let top = HeaderPieces(via, at: 0x2C).first(where: { !$0.isEmpty }) else { return nil }
        var parts = HeaderPieces(top, at: 0x3B)
        _ = parts.next()
        return parts.value("branch")
    }

    /// Option tags of Require, lower-case.
    package var requires: [String] { elements(.require).map { HeaderText.lowercased($0) } }
    /// Option tags of Supported, lower-case.
    package var supported: [String] { elements(.supported).map { HeaderText.lowercased($0) } }
    /// User-Agent, else Server.
    package var userAgent: String? { first(.userAgent) ?? first(.server) }
}

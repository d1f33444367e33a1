import Evidence

/// A SIP, SIPS or tel URI in parts; any other scheme keeps only `scheme` and `raw` (RFC 3261 section 19.1, RFC 3966).
package struct SIPURI: Sendable, Equatable {
    /// Lower-case, empty when there is none.
    package let scheme: String
    /// Before `@`, without password, escapes as they stand; the number of a tel URI.
    package let user: String?
    /// Lower-case, an IPv6 reference with its brackets; empty for tel.
    package let host: String
    package let port: UInt16?
    package let parameters: [SIPParameter]
    /// As it stood.
    package let raw: String

    /// `scheme:user@host`: what identifies a party, without port and parameters.
    package var addressOfRecord: String {
        if scheme == "tel" { return "tel:\(user ?? "")" }
        if scheme != "sip" && scheme != "sips" { return raw }
        return user.map { "\(scheme):\($0)@\(host)" } ?? "\(scheme):\(host)"
    }

    package init(parsing text: String) { self.init(Array(text.utf8)[...]) }

    init(_ octets: ArraySlice<UInt8>) {
        raw = HeaderText.text(octets)
        let head = Self.scheme(octets)
        scheme = head.map { HeaderText.lowercased($0) } ?? ""
        let rest = octets[(head.map { $0.endIndex + 1 } ?? octets.startIndex)...]
        if scheme == "tel" {
            var pieces = HeaderPieces(rest, at: 0x3B)
            user = pieces.next().map { HeaderText.text($0) }
            host = ""
            port = nil
            parameters = pieces.parameters()
            return
        }
        guard scheme == "sip" || scheme == "sips" || scheme.isEmpty else {
            user = nil
            host = ""
            port = nil
            parameters = []
            return
        }
        // A user part may hold ";" and "?", never a bare "@" (RFC 3261 section 25.1; RFC 4475 section 3.1.1.9).
        let at = rest.firstIndex(of: 0x40)
        if let at {
            let info = rest[..<at]
            user = HeaderText.text(info[..<(info.firstIndex(of: 0x3A) ?? at)])
        } else {
            user = nil
        }
        let place = rest[(at.map { $0 + 1 } ?? rest.startIndex)...]
        let withoutHeaders = place[..<(place.firstIndex(of: 0x3F) ?? place.endIndex)]
        let semicolon = withoutHeaders.firstIndex(of: 0x3B) ?? withoutHeaders.endIndex
        let hostPort = withoutHeaders[..<semicolon]
        parameters = HeaderPieces(withoutHeaders[semicolon...], at: 0x3B).parameters()
        var hostEnd = hostPort.firstIndex(of: 0x3A) ?? hostPort.endIndex
        if hostPort.first == 0x5B, let close = hostPort.firstIndex(of: 0x5D) { hostEnd = close + 1 }
        host = HeaderText.lowercased(HeaderText.trimmed(hostPort[..<hostEnd]))
        let tail = hostPort[hostEnd...]
        port = tail.first == 0x3A ? UInt16(HeaderText.text(HeaderText.trimmed(tail.dropFirst()))) : nil
    }

    /// What stands before the first colon, where that can be a scheme.
    static func scheme(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let colon = octets.firstIndex(of: 0x3A) else { return nil }
        let head = octets[..<colon]
        return !head.isEmpty && head.allSatisfy { $0.isTokenOctet && $0 != 0x25 } ? head : nil
    }
}

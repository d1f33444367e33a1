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

    package init(parsing text: String) {
        raw = text
        let octets = Array(text.utf8)
        let colon = octets.firstIndex(of: 0x3A)
        let head = colon.map { octets[..<$0] } ?? []
        let isScheme = !head.isEmpty && head.allSatisfy { ($0.isTokenOctet && $0 != 0x25) }
        scheme = isScheme ? String(decoding: head, as: UTF8.self).lowercased() : ""
        let rest = octets[(isScheme ? head.endIndex + 1 : 0)...]
        func string(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        if scheme == "tel" {
            let pieces = HeaderText.split(string(rest), at: 0x3B)
            user = pieces.first
            host = ""
            port = nil
            parameters = HeaderText.parameters(pieces.dropFirst())
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
            user = string(info[..<(info.firstIndex(of: 0x3A) ?? at)])
        } else {
            user = nil
        }
        let place = rest[(at.map { $0 + 1 } ?? rest.startIndex)...]
        let withoutHeaders = place[..<(place.firstIndex(of: 0x3F) ?? place.endIndex)]
        let semicolon = withoutHeaders.firstIndex(of: 0x3B) ?? withoutHeaders.endIndex
        let hostPort = withoutHeaders[..<semicolon]
        parameters = HeaderText.parameters(HeaderText.split(string(withoutHeaders[semicolon...]), at: 0x3B))
        var hostEnd = hostPort.firstIndex(of: 0x3A) ?? hostPort.endIndex
        if hostPort.first == 0x5B, let close = hostPort.firstIndex(of: 0x5D) { hostEnd = close + 1 }
        host = HeaderText.trim(hostPort[..<hostEnd]).lowercased()
        let tail = hostPort[hostEnd...]
        port = tail.first == 0x3A ? UInt16(HeaderText.trim(tail.dropFirst())) : nil
    }
}

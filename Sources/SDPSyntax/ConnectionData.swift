package import Evidence

/// `c=<nettype> <addrtype> <address>[/ttl][/count]` (RFC 8866 section 5.7).
package struct ConnectionData: Sendable, Equatable {
    /// Nil for a host name. 0.0.0.0 was hold in RFC 2543 and is a placeholder with ICE.
    package let address: IPAddress?

    init?(_ value: ArraySlice<UInt8>) {
        var fields = SDPFields(value)
        guard fields.next() != nil, fields.next() != nil, let place = fields.next() else { return nil }
        let first = place.drop { $0 == 0x2F }.prefix { $0 != 0x2F }
        guard !first.isEmpty else { return nil }
        address = IPAddress(octets: first)
    }
}

/// `o=` (RFC 8866 section 5.2).
package struct SDPOrigin: Sendable, Equatable {
    package let username: String
    /// Text, because numbers beyond 64 bits are seen.
    package let sessionID: String
    package let sessionVersion: String
    /// Nil for a host name.
    package let address: IPAddress?

    /// Whether a value has the fields that make an origin.
    static func fits(_ value: ArraySlice<UInt8>) -> Bool { SDPFields(value).prefix(6).reduce(0) { count, _ in count + 1 } == 6 }

    init?(_ value: String) {
        let fields = SDPText.fields(value)
        guard fields.count >= 6 else { return nil }
        username = fields[0]
        sessionID = fields[1]
        sessionVersion = fields[2]
        address = IPAddress(fields[5])
    }
}

/// `a=rtcp` (RFC 3605).
package struct RTCPAddress: Sendable, Equatable {
    package let port: UInt16
    /// Nil where the line has only a port: then the media line's address holds.
    package let address: IPAddress?

    init?(_ value: String) {
        let fields = SDPText.fields(value)
        guard let first = fields.first, let port = SDPText.number(first, UInt16.self) else { return nil }
        self.port = port
        address = fields.count >= 4 ? IPAddress(fields[3]) : nil
    }
}

/// Direction attribute (RFC 8866 section 6.7), as its writer sees it.
package enum MediaDirection: String, Sendable, Equatable {
    case sendrecv, sendonly, recvonly, inactive

    package var sends: Bool { self == .sendrecv || self == .sendonly }
    package var receives: Bool { self == .sendrecv || self == .recvonly }
}

package import Evidence
package import RTPSyntax

/// What a datagram is: by its octets, or by order of the user.
package enum DatagramContent: Sendable, Equatable {
    /// RTP or SRTP.
    case rtp(RTPHeader)
    /// RTCP or SRTCP.
    case rtcp
    case sip
    /// Carried by a TURN relay (RFC 8656): the path between peer and relayed address, where the inner datagram lies as far as it was
    /// captured, and how many octets it has. What that is, `DatagramClassifier.relayed` tells.
    case relayed(NetworkPath, Range<Int>, declared: Int)
    case stun
    /// Binding without the cookie of later editions (RFC 3489 section 11.1).
    case classicSTUN
    /// One or several records (RFC 9147 section 4).
    case dtls
    /// RFC 6189.
    case zrtp
    /// Line ends or zeros that only keep a binding open.
    case keepAlive
    /// Fewer octets than anything but a keep-alive has.
    case tooShort
    case unknown
}

extension DatagramContent {
    /// Whether a payload that is nothing else is a packet of ESP in UDP: the port, an identifier that is not the marker of IKE, a sequence number and
    /// room for what they belong to (RFC 3948 section 2.1).
    package static func isESP(_ payload: RawSpan, on path: NetworkPath) -> Bool {
        isESPPath(path) && payload.byteCount >= 24 && payload.be32(0) != 0 && payload.be32(4) != 0
    }

    /// Whether one of the ports is that of IPsec behind translators.
    package static func isESPPath(_ path: NetworkPath) -> Bool { path.source.port == 4500 || path.destination.port == 4500 }

    /// Whether a payload has nothing but line ends and zeros (RFC 5626 section 4.4, RFC 6263 section 4).
    package static func isBlank(_ payload: RawSpan) -> Bool {
        for index in 0..<payload.byteCount {
            let octet = payload.u8(index)
            if octet != 0x0D, octet != 0x0A, octet != 0 { return false }
        }
        return true
    }
}

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
    /// Whether a payload has nothing but line ends and zeros (RFC 5626 section 4.4, RFC 6263 section 4).
    package static func isBlank(_ payload: RawSpan) -> Bool {
        for index in 0..<payload.byteCount {
            let octet = payload.u8(index)
            if octet != 0x0D, octet != 0x0A, octet != 0 { return false }
        }
        return true
    }
}

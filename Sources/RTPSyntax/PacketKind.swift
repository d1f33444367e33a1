public import Evidence

/// What the first octet says a datagram of a media transport carries (RFC 7983 section 7, over RFC 5764 section 5.1.2).
@frozen
@usableFromInline
package enum PacketKind: UInt8, Sendable {
    /// 0 to 3.
    case stun
    /// 16 to 19 (RFC 6189).
    case zrtp
    /// 20 to 63.
    case dtls
    /// 64 to 79: TURN channel data (RFC 8656 section 12.4).
    case turnChannel
    /// 128 to 191: version 2 of RTP, RTCP or their secure forms.
    case rtpOrRTCP
    case other

    @inlinable
    package static func of(firstOctet: UInt8) -> PacketKind {
        switch firstOctet {
        case 0...3: .stun
        case 16...19: .zrtp
        case 20...63: .dtls
        case 64...79: .turnChannel
        case 128...191: .rtpOrRTCP
        default: .other
        }
    }
}

extension PacketKind {
    /// Whether `count` octets at `start` can be an RTP or SRTP packet: version 2, a header that fits, and not the second octet of RTCP.
    ///
    /// RFC 5761 section 4: payload types 64 to 95 with the marker set are RTCP packet types, so such RTP is not told apart and is refused.
    @inlinable
    package static func looksLikeRTP(_ bytes: RawSpan, at start: Int, count: Int) -> Bool {
        guard let header = RTPHeader(parsing: bytes, at: start, count: count) else { return false }
        return !(header.marker && header.payloadType.value >= 64 && header.payloadType.value <= 95)
    }

    /// Whether `count` octets at `start` can be an RTCP or SRTCP compound: version 2, packet type
    /// 192 to 223 (RFC 5761 section 4), and a first length that fits.
    @inlinable
    package static func looksLikeRTCP(_ bytes: RawSpan, at start: Int, count: Int) -> Bool {
        guard start >= 0, count >= 8, start <= bytes.byteCount - count else { return false }
        guard bytes.u8(start) >> 6 == 2, bytes.u8(start + 1) >= 192, bytes.u8(start + 1) <= 223 else { return false }
        return (Int(bytes.be16(start + 2)) + 1) * 4 <= count
    }
}

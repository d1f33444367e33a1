public import Evidence

/// LINKTYPE_NULL (0) and LINKTYPE_LOOP (108): an address family in four octets.
///
/// NULL is in the byte order of the capturing host, which the file need not share; families are small numbers, so the order shows.
@usableFromInline
package enum NullLoopLink {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan, from start: Int = 0) -> LinkStep {
        guard bytes.byteCount &- start >= 4 else { return .stop(.truncated(start)) }
        let little = bytes.le32(start)
        switch little > 0xFFFF ? little.byteSwapped : little {
        case 2: return .payload(etherType: EtherType.ipv4, start: start &+ 4)
        // AF_INET6 of Linux, Windows, NetBSD and OpenBSD, FreeBSD, Darwin.
        case 10, 23, 24, 28, 30: return .payload(etherType: EtherType.ipv6, start: start &+ 4)
        // Some systems put a Cisco HDLC header in the four octets: its second half is an EtherType.
        case 0x0F00_0000...0x0F00_FFFF, 0x8F00_0000...0x8F00_FFFF: return .payload(etherType: bytes.be16(start &+ 2), start: start &+ 4)
        case let family: return .stop(.notIP(UInt16(truncatingIfNeeded: family)))
        }
    }
}

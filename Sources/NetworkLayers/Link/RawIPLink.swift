public import Evidence

/// LINKTYPE_RAW (101, and 12 and 14 as some systems write it), LINKTYPE_IPV4 (228), LINKTYPE_IPV6 (229): the IP header comes first.
///
/// The version nibble decides, whatever the link type says.
@usableFromInline
package enum RawIPLink {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan, from start: Int = 0) -> LinkStep {
        guard bytes.byteCount &- start >= 1 else { return .stop(.truncated(start)) }
        switch bytes.u8(start) >> 4 {
        case 4: return .payload(etherType: EtherType.ipv4, start: start)
        case 6: return .payload(etherType: EtherType.ipv6, start: start)
        default: return .stop(.malformed(start))
        }
    }
}

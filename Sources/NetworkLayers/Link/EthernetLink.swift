public import Evidence

/// LINKTYPE_ETHERNET (1): destination 6, source 6, EtherType 2 (IEEE 802.3 section 3), with VLAN tags.
@usableFromInline
package enum EthernetLink {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan, from start: Int = 0) -> LinkStep {
        guard bytes.byteCount &- start >= 14 else { return .stop(.truncated(start)) }
        return EtherType.resolve(bytes, type: bytes.be16(start &+ 12), start: start &+ 14)
    }
}

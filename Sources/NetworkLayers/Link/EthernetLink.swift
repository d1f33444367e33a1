public import Evidence

/// LINKTYPE_ETHERNET (1): destination 6, source 6, EtherType 2 (IEEE 802.3 section 3), with VLAN tags.
@usableFromInline
package enum EthernetLink {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan) -> LinkStep {
        guard bytes.byteCount >= 14 else { return .stop(.truncated(0)) }
        return EtherType.resolve(bytes, type: bytes.be16(12), start: 14)
    }
}

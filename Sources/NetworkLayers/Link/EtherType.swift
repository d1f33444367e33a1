import Evidence

/// EtherType numbers and the tags that only wrap another (IEEE 802.1Q, 802.1ad, 802.1BR).
@usableFromInline
package enum EtherType {
    @inlinable package static var ipv4: UInt16 { 0x0800 }
    @inlinable package static var ipv6: UInt16 { 0x86DD }
    /// VLAN tags followed in one frame.
    @inlinable package static var tagLimit: Int { 8 }

    /// Passes VLAN tags: `type` belongs to what begins at `start`.
    @inlinable @inline(__always)
    package static func resolve(_ bytes: RawSpan, type: UInt16, start: Int) -> LinkStep {
        if type == ipv4 || type == ipv6 { return .payload(etherType: type, start: start) }
        return passTags(bytes, type: type, start: start)
    }

    @usableFromInline
    package static func passTags(_ bytes: RawSpan, type: UInt16, start: Int) -> LinkStep {
        var type = type
        var start = start
        for _ in 0..<tagLimit {
            switch type {
            case 0x8100, 0x88A8, 0x9100, 0x9200, 0x9300:
                guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
                type = bytes.be16(start + 2)
                start += 4
            case 0x8926, 0x893F, 0x8909:
                // VN-Tag, E-TAG of IEEE 802.1BR, and Cisco metadata: 4 and 6 octets before the next EtherType.
                let length = type == 0x8926 ? 4 : 6
                guard bytes.byteCount - start >= length + 2 else { return .stop(.truncated(start)) }
                type = bytes.be16(start + length)
                start += length + 2
            case 0...1500:
                // IEEE 802.3 length: LLC follows.
                guard let etherType = SNAP.etherType(bytes, at: start) else { return .stop(.notIP(type)) }
                type = etherType
                start += SNAP.length
            default:
                return .payload(etherType: type, start: start)
            }
        }
        return .stop(.tooDeep)
    }
}

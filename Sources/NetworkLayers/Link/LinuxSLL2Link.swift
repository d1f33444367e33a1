public import Evidence

/// LINKTYPE_LINUX_SLL2 (276): protocol 2, reserved 2, interface index 4, ARPHRD type 2, packet type 1, address length 1, address 8.
@usableFromInline
package enum LinuxSLL2Link {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan, from start: Int = 0) -> LinkStep {
        guard bytes.byteCount &- start >= 20 else { return .stop(.truncated(start)) }
        return EtherType.resolve(bytes, type: bytes.be16(start), start: start &+ 20)
    }
}

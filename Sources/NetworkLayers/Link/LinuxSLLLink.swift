public import Evidence

/// LINKTYPE_LINUX_SLL (113): packet type 2, ARPHRD type 2, address length 2, address 8, protocol 2.
@usableFromInline
package enum LinuxSLLLink {
    @inlinable @inline(__always)
    package static func payload(of bytes: RawSpan, from start: Int = 0) -> LinkStep {
        guard bytes.byteCount &- start >= 16 else { return .stop(.truncated(start)) }
        return EtherType.resolve(bytes, type: bytes.be16(start &+ 14), start: start &+ 16)
    }
}

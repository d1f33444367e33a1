import Evidence

/// Generic Routing Encapsulation (RFC 2784, key and sequence: RFC 2890; version 1 of PPTP: RFC 2637 section 4.1).
///
///      0 checksum 1 | routing 1 | key 1 | sequence 1 | ... | version 3   2 protocol   checksum and reserved 4   key 4   sequence 4
///      acknowledgement 4 (version 1)
enum GRE {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
        let flags = bytes.be16(start)
        let type = bytes.be16(start + 2)
        let version = flags & 7
        // Source routing is abolished: RFC 2784 section 2.3 has the receiver discard it.
        guard flags & 0x4000 == 0, version == 0 || version == 1 && type == 0x880B else { return .stop(.ipProtocol(47)) }
        var at = start + 4
        if flags & 0x8000 != 0 { at += 4 }
        var key: UInt32 = 0
        if flags & 0x2000 != 0 {
            guard bytes.byteCount - at >= 4 else { return .stop(.truncated(at)) }
            // In version 1 the upper half is a length.
            key = version == 0 ? bytes.be32(at) : UInt32(bytes.be16(at + 2))
            at += 4
        }
        let hasSequence = flags & 0x1000 != 0
        if hasSequence { at += 4 }
        if version == 1, flags & 0x0080 != 0 { at += 4 }
        guard bytes.byteCount >= at else { return .stop(.truncated(start)) }
        switch type {
        case 0x88BE: return hasSequence ? ERSPAN.second(bytes, start: at) : .inner(.ethernet, start: at)
        case 0x22EB: return ERSPAN.third(bytes, start: at)
        case 0x880B:
            // An acknowledgement of PPTP carries no payload.
            return at == bytes.byteCount ? .stop(.ipProtocol(47)) : .inner(.ppp, start: at, tunnel: key)
        case 0x883E:
            // Web Cache Communication: version 2 puts 4 octets in front of the packet.
            return .inner(.ip, start: IPShape.isV4(bytes, start: at) ? at : at + 4, tunnel: key)
        default: return .inner(.etherType(type), start: at, tunnel: key)
        }
    }
}

/// Mirrored Ethernet frames of switches (draft-foschiano-erspan). Type I has no header of its own.
enum ERSPAN {
    /// Type II: version 4 bits (1), VLAN 12, class of service 3, encapsulation 2, truncated 1, session 10, reserved 12, index 20.
    static func second(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        guard bytes.u8(start) >> 4 == 1 else { return .stop(.malformed(start)) }
        return .inner(.ethernet, start: start + 8)
    }

    /// Type III: as type II up to the session, timestamp 4, security group 2, P 1 bit, frame type 5, hardware 6, direction 1, granularity 2,
    /// and whether a platform header of 8 follows.
    static func third(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 12 else { return .stop(.truncated(start)) }
        guard bytes.u8(start) >> 4 == 2 else { return .stop(.malformed(start)) }
        let length = bytes.u8(start + 11) & 1 == 1 ? 20 : 12
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        let frameType = bytes.u8(start + 10) >> 2 & 0x1F
        switch frameType {
        case 0: return .inner(.ethernet, start: start + length)
        case 2: return .inner(.ip, start: start + length)
        default: return .stop(.notIP(0x22EB))
        }
    }
}

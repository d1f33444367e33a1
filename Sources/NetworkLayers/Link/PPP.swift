import Evidence

/// The Point-to-Point Protocol (RFC 1661, in HDLC-like framing RFC 1662).
///
///     FF 03 address and control, which may be left out   protocol 2, or 1 where compressed (the first octet is odd)   payload
enum PPP {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        var at = start
        guard bytes.byteCount - at >= 2 else { return .stop(.truncated(start)) }
        if bytes.be16(at) == 0xFF03 { at += 2 }
        guard at < bytes.byteCount else { return .stop(.truncated(at)) }
        var number = UInt16(bytes.u8(at))
        if number & 1 == 1 {
            at += 1
        } else {
            guard bytes.byteCount - at >= 2 else { return .stop(.truncated(at)) }
            number = bytes.be16(at)
            at += 2
        }
        switch number {
        case 0x0021: return IPVersion.step(bytes, start: at, expected: 4)
        case 0x0057: return IPVersion.step(bytes, start: at, expected: 6)
        case 0x0281, 0x0283: return .inner(.mpls, start: at)
        default: return .stop(.notIP(number))
        }
    }

    /// LINKTYPE_PPP_HDLC (50): PPP with address and control, or Cisco's framing on the same line (RFC 1547 section 4.3.1).
    static func hdlc(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 2 else { return .stop(.truncated(start)) }
        switch bytes.be16(start) {
        case 0x0F00, 0x8F00: return CiscoHDLC.step(bytes, start: start)
        default: return step(bytes, start: start)
        }
    }

    /// LINKTYPE_PPP_WITH_DIR (204) and LINKTYPE_PPP_PPPD (166): one octet of direction in front of PPP, or in place of its address.
    static func withDirection(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 3 else { return .stop(.truncated(start)) }
        return step(bytes, start: start + (bytes.u8(start + 1) == 3 ? 2 : 1))
    }
}

/// PPP over Ethernet (RFC 2516 section 4): version and type 0x11, code 1, session 2, length 2. Code 0 is a session; the rest is discovery.
enum PPPoE {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 6 else { return .stop(.truncated(start)) }
        guard bytes.u8(start) == 0x11 else { return .stop(.malformed(start)) }
        return bytes.u8(start + 1) == 0 ? .inner(.ppp, start: start + 6) : .stop(.notIP(0x8863))
    }
}

/// Cisco HDLC (LINKTYPE_C_HDLC, 104; RFC 1547 section 4.3.1): address 1 (0F unicast, 8F broadcast), control 1 (0), EtherType 2.
enum CiscoHDLC {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
        let address = bytes.u8(start)
        if bytes.be16(start) == 0xFF03 { return PPP.step(bytes, start: start) }
        guard address == 0x0F || address == 0x8F else { return .stop(.malformed(start)) }
        return .inner(.etherType(bytes.be16(start + 2)), start: start + 4)
    }
}

/// Frame Relay (LINKTYPE_FRELAY, 107): address of 2 to 4 octets (Q.922), then RFC 2427: control 03, padding, NLPID; or Cisco's: an EtherType.
enum FrameRelay {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        var at = start
        // The last octet of the address has its lowest bit set.
        repeat {
            guard at < bytes.byteCount else { return .stop(.truncated(at)) }
            guard at - start < 4 else { return .stop(.malformed(start)) }
            at += 1
        } while bytes.u8(at - 1) & 1 == 0
        guard at - start >= 2 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - at >= 4 else { return .stop(.truncated(at)) }
        guard bytes.u8(at) == 0x03 else { return .inner(.etherType(bytes.be16(at)), start: at + 2) }
        at += 1
        if bytes.u8(at) == 0 { at += 1 }
        switch bytes.u8(at) {
        case 0xCC, 0x8E: return .inner(.ip, start: at + 1)
        case 0x80:
            guard bytes.byteCount - at >= 6 else { return .stop(.truncated(at)) }
            // SNAP: organization 3, EtherType 2; 00-80-C2 with 7 or 1 is a bridged Ethernet frame.
            let organization = UInt32(bytes.be16(at + 1)) << 8 | UInt32(bytes.u8(at + 3))
            let type = bytes.be16(at + 4)
            if organization == 0 { return .inner(.etherType(type), start: at + 6) }
            if organization == 0x0080C2, type == 7 || type == 1 { return .inner(.ethernet, start: at + 6) }
            return .stop(.notIP(type))
        case let other: return .stop(.notIP(UInt16(other)))
        }
    }
}

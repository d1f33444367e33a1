import Evidence

// Every reader here is asked only for datagrams of at least 8 octets of payload, captured, from `start` on; nil: this is something else.

/// VXLAN (RFC 7348 section 5): flags 1 (08), reserved 3, network 3, reserved 1; with group policy: flags 88, group in octets 2 and 3.
enum VXLAN {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep? {
        let flags = bytes.u8(start)
        guard flags == 0x08 && bytes.be16(start + 2) == 0 || flags == 0x88, bytes.u8(start + 7) == 0 else { return nil }
        return .inner(.ethernet, start: start + 8, tunnel: bytes.be32(start + 4) >> 8)
    }

    /// The generic protocol extension (draft-ietf-nvo3-vxlan-gpe): flags 0C, reserved 2, next protocol 1.
    static func generic(_ bytes: RawSpan, start: Int) -> InnerStep? {
        guard bytes.u8(start) & 0xFA == 0x08 else { return nil }
        let network = bytes.be32(start + 4) >> 8
        guard bytes.u8(start) & 0x04 != 0 else { return .inner(.ethernet, start: start + 8, tunnel: network) }
        switch bytes.u8(start + 3) {
        case 1, 2: return .inner(.ip, start: start + 8, tunnel: network)
        case 3: return .inner(.ethernet, start: start + 8, tunnel: network)
        case 4: return .inner(.etherType(0x894F), start: start + 8, tunnel: network)
        default: return nil
        }
    }
}

/// Geneve (RFC 8926 section 3.4): version 2 bits (0) and options in words 6, O, C and reserved 6, EtherType 2, network 3, reserved 1.
enum Geneve {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep? {
        guard bytes.u8(start) >> 6 == 0, bytes.u8(start + 1) & 0x3F == 0, bytes.u8(start + 7) == 0 else { return nil }
        let length = 8 + Int(bytes.u8(start) & 0x3F) * 4
        return .inner(.etherType(bytes.be16(start + 2)), start: start + length, tunnel: bytes.be32(start + 4) >> 8)
    }
}

/// GTP-U (3GPP TS 29.281 section 5.1): version 3 bits (1), protocol type 1 bit (1), reserved, E, S, PN; message 1 (255 carries a packet);
/// length 2 of what follows the first 8 octets; tunnel 4. With E, S or PN: sequence 2, N-PDU 1, next extension 1.
///
/// An extension header is as long as its first octet says, in words, and its last octet names the next one.
enum GTP {
    static func step(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        let flags = bytes.u8(start)
        guard flags & 0xF8 == 0x30, bytes.u8(start + 1) == 255, Int(bytes.be16(start + 2)) + 8 <= declared else { return nil }
        var at = start + 8
        if flags & 7 != 0 {
            guard bytes.byteCount - at >= 4 else { return nil }
            var next = flags & 4 != 0 ? bytes.u8(at + 3) : 0
            at += 4
            while next != 0 {
                guard at < bytes.byteCount else { return nil }
                let length = Int(bytes.u8(at)) * 4
                guard length > 0, bytes.byteCount - at >= length else { return nil }
                next = bytes.u8(at + length - 1)
                at += length
            }
        }
        let tunnel = bytes.be32(start + 4)
        if IPShape.isIP(bytes, start: at) { return .inner(.ip, start: at, tunnel: tunnel) }
        // A session of type Ethernet (3GPP TS 23.501 section 5.6.10.2) carries frames.
        return EtherType.looksLikeFrame(bytes, start: at) ? .inner(.ethernet, start: at, tunnel: tunnel) : nil
    }
}

/// Teredo (RFC 4380 section 5.1.1): an authentication and an origin indication, both optional, then IPv6.
enum Teredo {
    static func step(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        var at = start
        if bytes.be16(at) == 0x0001 {
            at += 4 + Int(bytes.u8(at + 2)) + Int(bytes.u8(at + 3)) + 9
            guard bytes.byteCount - at >= 8 else { return nil }
        }
        if bytes.be16(at) == 0 { at += 8 }
        guard IPShape.isV6(bytes, start: at), Int(bytes.be16(at + 4)) + 40 + at <= start + declared else { return nil }
        return .inner(.ip, start: at)
    }
}

/// TaZmen Sniffer Protocol: version 1 (1), type 1 (0, 1: a received packet), protocol 2, then tags: number 1, and but for 0 (padding) and 1 (end)
/// length 1 and value.
enum TZSP {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep? {
        guard bytes.u8(start) == 1, bytes.u8(start + 1) <= 1 else { return nil }
        var at = start + 4
        while true {
            guard at < bytes.byteCount else { return nil }
            let tag = bytes.u8(at)
            if tag == 1 { break }
            if tag == 0 {
                at += 1
            } else {
                guard at + 1 < bytes.byteCount else { return nil }
                at += 2 + Int(bytes.u8(at + 1))
            }
        }
        at += 1
        switch bytes.be16(start + 2) {
        case 0x01: return .inner(.ethernet, start: at)
        case 0x12: return .inner(.link(105), start: at)
        case 0x77: return .inner(.link(119), start: at)
        case 0x7F: return .inner(.link(163), start: at)
        default: return nil
        }
    }
}

/// CAPWAP data (RFC 5415 section 4.3): version 4 bits (0), type 4 (0), length in words 5, radio 5, binding 5, T, F, L, W, M, K, reserved 3;
/// fragment 4. T says that the frame is of the binding, IEEE 802.11, and not IEEE 802.3. What is encrypted by DTLS begins with 1.
enum CAPWAP {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep? {
        let word = bytes.be32(start)
        let length = Int(word >> 19 & 31) * 4
        // No fragments (F), no keep-alive (K), and the reserved bits are 0.
        guard word >> 24 == 0, length >= 8, word & 0x8F == 0, word >> 9 & 31 <= 1 else { return nil }
        return word & 0x100 != 0 ? Wireless.swapped(bytes, start: start + length) : .inner(.ethernet, start: start + length)
    }
}

import Evidence

extension EtherType {
    /// What an EtherType other than IP and VLAN tags leads to.
    static func step(_ bytes: RawSpan, type: UInt16, start: Int) -> InnerStep {
        switch type {
        case ipv4, ipv6: return .inner(.ip, start: start)
        case 0x8847, 0x8848: return .inner(.mpls, start: start)
        case 0x8864: return PPPoE.step(bytes, start: start)
        case 0x880B: return .inner(.ppp, start: start)
        case 0x6558: return .inner(.ethernet, start: start)
        case 0x88E7:
            // I-TAG of IEEE 802.1ah: priority and service identifier 4, then the customer's whole frame.
            guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
            return .inner(.ethernet, start: start + 4)
        case 0x8903:
            // Cisco FabricPath: forwarding tag 2.
            guard bytes.byteCount - start >= 2 else { return .stop(.truncated(start)) }
            return .inner(.ethernet, start: start + 2)
        case 0x894F: return ServiceHeader.step(bytes, start: start)
        default: return .stop(.notIP(type))
        }
    }

    /// Whether what begins at `start` has the shape of an Ethernet frame with something in it that is read here.
    ///
    /// For headers that do not say whether Ethernet follows. The EtherType alone would be two octets of evidence; the version of IP adds to it.
    static func looksLikeFrame(_ bytes: RawSpan, start: Int) -> Bool {
        guard start >= 0, bytes.byteCount - start >= 34 else { return false }
        switch bytes.be16(start + 12) {
        case ipv4: return bytes.u8(start + 14) >> 4 == 4
        case ipv6: return bytes.u8(start + 14) >> 4 == 6
        case 0x8100, 0x88A8, 0x9100, 0x9200, 0x9300, 0x8847, 0x8848: return true
        case 0x8864: return bytes.u8(start + 14) == 0x11
        default: return false
        }
    }
}

/// Network Service Header (RFC 8300 section 2): version, flags, time to live and length 6 bits (words) 2, metadata type 1, next protocol 1; more.
enum ServiceHeader {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        let length = Int(bytes.u8(start + 1) & 0x3F) * 4
        guard bytes.u8(start) >> 6 == 0, length >= 8 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        switch bytes.u8(start + 3) {
        case 1, 2: return .inner(.ip, start: start + length)
        case 3: return .inner(.ethernet, start: start + length)
        case 5: return .inner(.mpls, start: start + length)
        case let other: return .stop(.notIP(UInt16(other)))
        }
    }
}

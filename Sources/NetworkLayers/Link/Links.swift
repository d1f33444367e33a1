import Evidence

/// Link types by their LINKTYPE_ number; what `FrameContent.decode` does not read inline.
enum Links {
    static func step(_ bytes: RawSpan, type: UInt32, start: Int) -> InnerStep {
        switch type {
        case 0, 108: FrameContent.follow(bytes, NullLoopLink.payload(of: bytes, from: start))
        case 1: .inner(.ethernet, start: start)
        case 9, 50: PPP.hdlc(bytes, start: start)
        case 10: FDDI.step(bytes, start: start)
        case 12, 14, 101, 228, 229: .inner(.ip, start: start)
        case 51: PPPoE.step(bytes, start: start)
        case 104: CiscoHDLC.step(bytes, start: start)
        case 105: Wireless.step(bytes, start: start)
        case 107: FrameRelay.step(bytes, start: start)
        case 109: IPsecEncapsulation.step(bytes, start: start)
        case 113: FrameContent.follow(bytes, LinuxSLLLink.payload(of: bytes, from: start))
        case 117: PacketFilterLog.step(bytes, start: start)
        case 119: WirelessMonitor.prism(bytes, start: start)
        case 127: WirelessMonitor.radiotap(bytes, start: start)
        case 149, 258: PacketTap.step(bytes, type: type, start: start)
        case 163: WirelessMonitor.avs(bytes, start: start)
        case 166, 204: PPP.withDirection(bytes, start: start)
        case 192: PerPacketInformation.step(bytes, start: start)
        case 197: ExtensibleRecord.step(bytes, start: start)
        case 239: NetfilterLog.step(bytes, start: start)
        case 240: NetANALYZER.step(bytes, start: start)
        case 252: ExportedPDU.step(bytes, start: start)
        case 276: FrameContent.follow(bytes, LinuxSLL2Link.payload(of: bytes, from: start))
        default: .stop(.unsupportedLink(type))
        }
    }
}

/// LINKTYPE_FDDI (10): frame control 1, destination 6, source 6, then LLC.
enum FDDI {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 13 else { return .stop(.truncated(start)) }
        return SNAP.step(bytes, start: start + 13)
    }
}

/// LINKTYPE_ENC (109) of OpenBSD: address family 4, security parameter index 4, flags 4, then IP as it is before or after IPsec.
enum IPsecEncapsulation {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 12 else { return .stop(.truncated(start)) }
        return .inner(.ip, start: start + 12)
    }
}

/// LINKTYPE_PFLOG (117): length of the header 1, rounded up to a multiple of 4; then IP.
enum PacketFilterLog {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard start < bytes.byteCount else { return .stop(.truncated(start)) }
        let length = (Int(bytes.u8(start)) + 3) & ~3
        guard length >= 48 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        return .inner(.ip, start: start + length)
    }
}

/// LINKTYPE_NETANALYZER (240): 4 octets of hardware status, then Ethernet.
enum NetANALYZER {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
        return .inner(.ethernet, start: start + 4)
    }
}

/// LINKTYPE_PKTAP (258; 149 as older Apple systems write it): length 4, record type 4, LINKTYPE_ 4, all in the order of the host; more.
enum PacketTap {
    static func step(_ bytes: RawSpan, type: UInt32, start: Int) -> InnerStep {
        let room = bytes.byteCount - start
        guard room >= 12 else { return .stop(type == 149 ? .unsupportedLink(type) : .truncated(start)) }
        let isLittle = bytes.le32(start) < 0x1_0000
        func word(_ offset: Int) -> UInt32 { isLittle ? bytes.le32(start + offset) : bytes.be32(start + offset) }
        let length = Int(word(0))
        let inner = word(8)
        // 149 is free for private use: only what has the shape of PKTAP is taken for it.
        guard length >= 108, length < 4096, word(4) == 1, inner != 149, inner != 258 else {
            return .stop(type == 149 ? .unsupportedLink(type) : .malformed(start))
        }
        guard room >= length else { return .stop(.truncated(start)) }
        return .inner(.link(inner), start: start + length)
    }
}

/// LINKTYPE_PPI (192): version 1, flags 1, length 2, LINKTYPE_ 4, little-endian; then fields; then a frame of that link type.
enum PerPacketInformation {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        let length = Int(bytes.le16(start + 2))
        guard bytes.u8(start) == 0, length >= 8 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        return .inner(.link(bytes.le32(start + 4)), start: start + length)
    }
}

/// LINKTYPE_ERF (197): timestamp 8, type 1, flags 1, record length 2, loss counter 2, wire length 2; extension headers of 8.
enum ExtensibleRecord {
    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 16 else { return .stop(.truncated(start)) }
        var type = bytes.u8(start + 8)
        let kind = type & 0x7F
        var at = start + 16
        while type & 0x80 != 0 {
            guard bytes.byteCount - at >= 8 else { return .stop(.truncated(at)) }
            type = bytes.u8(at)
            at += 8
        }
        switch kind {
        case 1: return PPP.hdlc(bytes, start: at)
        // Ethernet follows one octet of offset and one of padding.
        case 2, 11, 16, 20: return bytes.byteCount - at >= 2 ? .inner(.ethernet, start: at + 2) : .stop(.truncated(at))
        case 22, 23: return .inner(.ip, start: at)
        default: return .stop(.notIP(UInt16(kind)))
        }
    }
}

import Evidence

/// MPLS (RFC 3032 section 2.1): label 20, traffic class 3, bottom of stack 1, time to live 8; what follows the last label is not told.
///
/// IP shows by its version (RFC 4928 section 3); a pseudowire carries Ethernet (RFC 4448), behind a control word of four octets, whose first
/// four bits are 0, or without. An Ethernet address may begin with any digits, so what could be IP and is not consistent is tried as Ethernet.
enum MPLS {
    /// Labels followed in one stack.
    static let labelLimit = 16

    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        var at = start
        var label: UInt32 = 0
        for _ in 0..<labelLimit {
            guard bytes.byteCount - at >= 4 else { return .stop(.truncated(at)) }
            let entry = bytes.be32(at)
            label = entry >> 12
            at += 4
            if entry & 0x100 != 0 { return content(bytes, start: at, label: label) }
        }
        return .stop(.tooDeep)
    }

    private static func content(_ bytes: RawSpan, start: Int, label: UInt32) -> InnerStep {
        guard start < bytes.byteCount else { return .stop(.truncated(start)) }
        switch bytes.u8(start) >> 4 {
        case 4 where IPShape.isV4(bytes, start: start), 6 where IPShape.isV6(bytes, start: start):
            return .inner(.ip, start: start, tunnel: label)
        case 0 where EtherType.looksLikeFrame(bytes, start: start + 4): return .inner(.ethernet, start: start + 4, tunnel: label)
        // RFC 4385 section 5: the associated channel, for the operators of the pseudowire.
        case 1 where !EtherType.looksLikeFrame(bytes, start: start): return .stop(.notIP(0x8847))
        default:
            return EtherType.looksLikeFrame(bytes, start: start) ? .inner(.ethernet, start: start, tunnel: label) : .stop(.notIP(0x8847))
        }
    }
}

/// Whether octets have the shape of an IP header, for places where nothing says that one follows.
enum IPShape {
    static func isV4(_ bytes: RawSpan, start: Int) -> Bool {
        let room = bytes.byteCount - start
        guard start >= 0, room >= 20, bytes.u8(start) >> 4 == 4 else { return false }
        let header = Int(bytes.u8(start) & 15) * 4
        let total = Int(bytes.be16(start + 2))
        return header >= 20 && header <= room && (total == 0 || total >= header)
    }

    static func isV6(_ bytes: RawSpan, start: Int) -> Bool {
        start >= 0 && bytes.byteCount - start >= 40 && bytes.u8(start) >> 4 == 6
    }

    static func isIP(_ bytes: RawSpan, start: Int) -> Bool { isV4(bytes, start: start) || isV6(bytes, start: start) }
}

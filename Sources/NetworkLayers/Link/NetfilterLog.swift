import Evidence

/// LINKTYPE_NFLOG (239): address family 1, version 1 (0), resource 2; then values: length 2 with its header, type 2, padded to 4 octets.
///
/// Lengths and types are in the byte order of the capturing host, which nothing tells; only one order makes a chain that fits.
enum NetfilterLog {
    /// NFULA_PAYLOAD.
    private static let payload: UInt16 = 9

    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        guard bytes.u8(start + 1) == 0 else { return .stop(.malformed(start)) }
        let little = scan(bytes, from: start + 4, isLittle: true)
        if case .stop(.malformed) = little { return scan(bytes, from: start + 4, isLittle: false) }
        return little
    }

    private static func scan(_ bytes: RawSpan, from start: Int, isLittle: Bool) -> InnerStep {
        var at = start
        while bytes.byteCount - at >= 4 {
            let length = Int(isLittle ? bytes.le16(at) : bytes.be16(at))
            let type = (isLittle ? bytes.le16(at + 2) : bytes.be16(at + 2)) & 0x7FFF
            guard length >= 4, type < 64 else { return .stop(.malformed(at)) }
            if type == payload { return .inner(.ip, start: at + 4) }
            at += (length + 3) & ~3
        }
        return .stop(.truncated(min(at, bytes.byteCount)))
    }
}

import Evidence

/// What capturing cards put in front of IEEE 802.11 frames.
enum WirelessMonitor {
    /// LINKTYPE_IEEE802_11_RADIOTAP (127): version 1 (0), pad 1, length 2, present 4 and more while bit 31 is set; little-endian.
    static func radiotap(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        let length = Int(bytes.le16(start + 2))
        guard bytes.u8(start) == 0, length >= 8 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        // Flags, the second field, tells whether the header of the frame is padded to 4 octets.
        let present = bytes.le32(start + 4)
        var field = start + 8
        var word = present
        while word >> 31 == 1, field + 4 <= start + length {
            word = bytes.le32(field)
            field += 4
        }
        // The first field, a time of 8 octets, is aligned to 8 from the start of the header.
        if present & 1 != 0 { field = start + (field - start + 7) & ~7 + 8 }
        let isPadded = present & 2 != 0 && field < start + length && bytes.u8(field) & 0x20 != 0
        return Wireless.step(bytes, start: start + length, isPadded: isPadded)
    }

    /// LINKTYPE_IEEE802_11_AVS (163): version 4 (0x8021_1001 or later), length 4, big-endian.
    static func avs(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        let length = Int(bytes.be32(start + 4))
        guard bytes.be32(start) & 0xFFFF_FF00 == 0x8021_1000, length >= 8 else { return .stop(.malformed(start)) }
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        return Wireless.step(bytes, start: start + length)
    }

    /// LINKTYPE_IEEE802_11_PRISM (119): 144 octets; some drivers write AVS under this number.
    static func prism(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 8 else { return .stop(.truncated(start)) }
        if bytes.be32(start) & 0xFFFF_FF00 == 0x8021_1000 { return avs(bytes, start: start) }
        guard bytes.byteCount - start >= 144 else { return .stop(.truncated(start)) }
        return Wireless.step(bytes, start: start + 144)
    }
}

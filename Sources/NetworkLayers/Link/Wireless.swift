import Evidence

/// IEEE 802.11 data frames (IEEE Std 802.11 section 9.3.2; LINKTYPE_IEEE802_11, 105).
///
///     0 frame control 2 (version 2, type 2, subtype 4; flags 8)   2 duration   4 address 1   10 address 2   16 address 3
///     22 sequence control 2 (fragment 4)   24 address 4 where to and from the distribution system   QoS control 2   HT control 4   LLC
enum Wireless {
    static func step(_ bytes: RawSpan, start: Int, isPadded: Bool = false, isSwapped: Bool = false) -> InnerStep {
        guard bytes.byteCount - start >= 24 else { return .stop(.truncated(start)) }
        let control = bytes.u8(isSwapped ? start + 1 : start)
        let flags = bytes.u8(isSwapped ? start : start + 1)
        guard control & 3 == 0 else { return .stop(.malformed(start)) }
        // Management and control frames, and data frames that only carry power management.
        guard control & 0x0C == 0x08, control & 0x40 == 0 else { return .stop(.notIP(UInt16(control))) }
        var length = 24
        if flags & 3 == 3 { length += 6 }
        var isAggregate = false
        if control & 0x80 != 0 {
            guard bytes.byteCount - start >= length + 2 else { return .stop(.truncated(start)) }
            isAggregate = bytes.u8(start + length) & 0x80 != 0
            length += flags & 0x80 != 0 ? 6 : 2
        }
        if isPadded { length = (length + 3) & ~3 }
        let body = start + length
        guard bytes.byteCount >= body else { return .stop(.truncated(start)) }
        if flags & 0x40 != 0 {
            // Cards that decrypt by themselves often leave the flag, and the initialization vector, in place.
            for skipped in [0, 4, 8] {
                if let type = SNAP.etherType(bytes, at: body + skipped) { return .inner(.etherType(type), start: body + skipped + SNAP.length) }
            }
            return .stop(.wirelessProtected)
        }
        // A fragment of the link layer; IP packets fit into one frame, so these hardly occur.
        guard flags & 0x04 == 0, bytes.le16(start + 22) & 15 == 0 else { return .stop(.notIP(UInt16(control))) }
        return isAggregate ? .stop(.aggregate(body)) : SNAP.step(bytes, start: body)
    }
}

extension Wireless {
    /// Some access points swap the octets of the frame control when they send a frame to their controller: where only that makes a data frame
    /// with fixed bits as they should be, it is read so.
    static func swapped(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 2 else { return .stop(.truncated(start)) }
        return step(bytes, start: start, isSwapped: bytes.u8(start) & 15 != 8 && bytes.u8(start + 1) & 15 == 8)
    }
}

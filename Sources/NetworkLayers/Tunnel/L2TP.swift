import Evidence

/// The Layer Two Tunneling Protocol, version 2 (RFC 2661 section 3.1) and version 3 (RFC 3931 section 4.1).
enum L2TP {
    /// Over UDP: type 1 bit (control), length 1, reserved 2, sequence 1, reserved 1, offset 1, priority 1, reserved 4, version 4; then
    /// length 2, tunnel 2, session 2, sequence numbers 4, offset 2 and padding, where the bits say so. Control messages are not data.
    static func overUDP(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        guard bytes.byteCount - start >= 8 else { return nil }
        let flags = bytes.be16(start)
        guard flags & 0x8000 == 0 else { return nil }
        if flags & 15 == 3 {
            guard flags & 0x7FF0 == 0, bytes.be16(start + 2) == 0 else { return nil }
            return session(bytes, start: start + 4)
        }
        guard flags & 0x34FF == 2 else { return nil }
        var at = start + 2
        if flags & 0x4000 != 0 {
            guard Int(bytes.be16(at)) <= declared else { return nil }
            at += 2
        }
        guard bytes.byteCount - at >= 4 else { return nil }
        let identifier = bytes.be32(at)
        at += 4
        if flags & 0x0800 != 0 { at += 4 }
        if flags & 0x0200 != 0 {
            guard bytes.byteCount - at >= 2 else { return nil }
            at += 2 + Int(bytes.be16(at))
        }
        return at < bytes.byteCount ? .inner(.ppp, start: at, tunnel: identifier) : nil
    }

    /// Directly on IP (protocol 115): session 4, which is 0 for control messages.
    static func overIP(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= 4 else { return .stop(.truncated(start)) }
        return session(bytes, start: start) ?? .stop(.ipProtocol(115))
    }

    /// Session 4, cookie 0, 4 or 8, sublayer 0 or 4: the signalling settles the last two, so the one place where a frame fits is taken.
    private static func session(_ bytes: RawSpan, start: Int) -> InnerStep? {
        guard bytes.byteCount - start >= 4 else { return nil }
        let identifier = bytes.be32(start)
        guard identifier != 0 else { return nil }
        for skipped in [4, 8, 12, 16] {
            let at = start + skipped
            if EtherType.looksLikeFrame(bytes, start: at) { return .inner(.ethernet, start: at, tunnel: identifier) }
            if bytes.byteCount - at >= 4, bytes.be32(at) == 0xFF03_0021 || bytes.be32(at) == 0xFF03_0057 {
                return .inner(.ppp, start: at, tunnel: identifier)
            }
        }
        return nil
    }
}

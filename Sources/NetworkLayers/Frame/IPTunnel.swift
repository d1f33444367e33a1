import Evidence

/// What IP carries directly, by IANA protocol number, besides UDP and TCP.
@usableFromInline
enum IPTunnel {
    @usableFromInline
    @inline(never)
    static func decode(_ bytes: RawSpan, _ payload: IPPayload, _ proto: UInt8, _ nesting: Nesting) -> FrameContent {
        let start = payload.start
        // What lies behind the IP packet is padding of the link.
        let inside = bytes.extracting(0..<start + payload.captured)
        switch proto {
        // IP in IP (RFC 2003, RFC 2473), IPv6 in IPv4 (RFC 4213), and 94 of old.
        case 4, 41, 94: return FrameContent.decodeInner(inside, .inner(.ip, start: start), nesting)
        case 47: return FrameContent.decodeInner(inside, GRE.step(inside, start: start), nesting)
        // EtherIP (RFC 3378): version 4 bits (3) and 12 reserved.
        case 97:
            guard payload.captured >= 2 else { return .other(.truncated(start)) }
            guard bytes.u8(start) >> 4 == 3 else { return .other(.malformed(start)) }
            return FrameContent.decodeInner(inside, .inner(.ethernet, start: start + 2), nesting)
        // MPLS in IP (RFC 4023).
        case 137: return FrameContent.decodeInner(inside, .inner(.mpls, start: start), nesting)
        case 115: return FrameContent.decodeInner(inside, L2TP.overIP(inside, start: start), nesting)
        case 51: return authentication(inside, payload, nesting)
        default: return .other(.ipProtocol(proto))
        }
    }

    /// Passes an Authentication Header (RFC 4302 section 2): next header 1, length in words less 2, reserved 2, and what authenticates.
    private static func authentication(_ bytes: RawSpan, _ payload: IPPayload, _ outer: Nesting) -> FrameContent {
        var nesting = outer
        guard nesting.descend(into: 0) else { return .other(.tooDeep) }
        guard payload.declared >= 12 else { return .other(.malformed(payload.start)) }
        guard payload.captured >= 12 else { return .other(.truncated(payload.start)) }
        let length = (Int(bytes.u8(payload.start + 1)) + 2) * 4
        guard payload.declared >= length else { return .other(.malformed(payload.start)) }
        guard payload.captured >= length else { return .other(.truncated(payload.start)) }
        var rest = payload
        rest.advance(length)
        return rest.transport(bytes, bytes.u8(payload.start), nesting)
    }
}

public import Evidence

/// IPv6 and its extension headers (RFC 8200 sections 3 and 4, AH: RFC 4302, Mobility: RFC 6275, HIP: RFC 7401, Shim6: RFC 5533).
///
///      0 version 4 | class 8 | flow 20   4 payload length   6 next header   7 hop limit   8 source   24 destination
@usableFromInline
package enum IPv6Header {
    /// Extension headers followed in one packet.
    @inlinable package static var extensionLimit: Int { 16 }

    @inlinable
    package static func decode(_ bytes: RawSpan, from start: Int, _ nesting: Nesting) -> FrameContent {
        let available = bytes.byteCount &- start
        guard available >= 40 else { return .other(.truncated(start)) }
        guard bytes.u8(start) >> 4 == 6 else { return .other(.malformed(start)) }
        let length = Int(bytes.be16(start &+ 4))
        // 0 with a jumbo payload option (RFC 2675) or left by segmentation offload: the frame's end is all there is to go by.
        let declared = length == 0 ? available &- 40 : length
        let payload = IPPayload(
            source: IPAddress(v6High: bytes.be64(start &+ 8), low: bytes.be64(start &+ 16)),
            destination: IPAddress(v6High: bytes.be64(start &+ 24), low: bytes.be64(start &+ 32)), start: start &+ 40,
            captured: min(declared, available &- 40), declared: declared)
        let next = bytes.u8(start &+ 6)
        if next == 17 || next == 6 { return payload.transport(bytes, next, nesting) }
        return followExtensions(bytes, payload, first: next, isReassembled: false, nesting)
    }

    /// Passes the extension headers from `first` on. In a reassembled datagram a further Fragment header is malformed.
    @usableFromInline
    package static func followExtensions(
        _ bytes: RawSpan, _ whole: IPPayload, first: UInt8, isReassembled: Bool, _ nesting: Nesting
    ) -> FrameContent {
        var payload = whole
        var next = first
        for _ in 0..<extensionLimit {
            let length: Int
            switch next {
            case 0, 43, 60, 135, 139, 140, 51:
                guard payload.declared >= 8 else { return .other(.malformed(payload.start)) }
                guard payload.captured >= 8 else { return .other(.truncated(payload.start)) }
                let units = Int(bytes.u8(payload.start + 1))
                length = next == 51 ? (units + 2) * 4 : (units + 1) * 8
            case 44:
                guard payload.declared >= 8, !isReassembled else { return .other(.malformed(payload.start)) }
                guard payload.captured >= 8 else { return .other(.truncated(payload.start)) }
                let field = bytes.be16(payload.start + 2)
                // Offset 0 and no more: an "atomic fragment" (RFC 6946) is a whole datagram.
                if field & 0xFFF9 != 0 {
                    return .fragment(
                        IPFragment(
                            source: payload.source, destination: payload.destination, identification: bytes.be32(payload.start + 4),
                            proto: bytes.u8(payload.start), offset: Int(field & 0xFFF8), more: field & 1 != 0, payloadStart: payload.start + 8,
                            payloadCount: payload.captured - 8, declaredCount: payload.declared - 8, tunnel: nesting.tunnel))
                }
                length = 8
            default:
                return payload.transport(bytes, next, nesting)
            }
            guard payload.declared >= length else { return .other(.malformed(payload.start)) }
            guard payload.captured >= length else { return .other(.truncated(payload.start)) }
            next = bytes.u8(payload.start)
            payload.advance(length)
        }
        return .other(.tooDeep)
    }
}

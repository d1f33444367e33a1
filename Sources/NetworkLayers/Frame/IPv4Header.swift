public import Evidence

/// IPv4 (RFC 791 section 3.1).
///
///      0 version 4 | header length 4 (32-bit words)   2 total length   4 identification   6 flags 3 | fragment offset 13 (8 octets)
///      8 time to live   9 protocol   10 checksum   12 source   16 destination   20 options
@usableFromInline
package enum IPv4Header {
    @inlinable @inline(__always)
    package static func decode(_ bytes: RawSpan, from start: Int, _ nesting: Nesting) -> FrameContent {
        let available = bytes.byteCount &- start
        guard available >= 20 else { return .other(.truncated(start)) }
        let first = bytes.u8(start)
        let header = Int(first & 15) &* 4
        guard first >> 4 == 4, header >= 20 else { return .other(.malformed(start)) }
        guard available >= header else { return .other(.truncated(start)) }
        let total = Int(bytes.be16(start &+ 2))
        // Segmentation offload leaves the total length 0 in captures of the sending host: then the frame's end is all there is to go by.
        let declared = total == 0 ? available &- header : total &- header
        guard declared >= 0 else { return .other(.malformed(start)) }
        let payload = IPPayload(
            source: IPAddress(v4: bytes.be32(start &+ 12)), destination: IPAddress(v4: bytes.be32(start &+ 16)), start: start &+ header,
            captured: min(declared, available &- header), declared: declared)
        let fragment = bytes.be16(start &+ 6)
        guard fragment & 0x3FFF == 0 else {
            return .fragment(
                IPFragment(
                    source: payload.source, destination: payload.destination, identification: UInt32(bytes.be16(start &+ 4)),
                    proto: bytes.u8(start &+ 9), offset: Int(fragment & 0x1FFF) &* 8, more: fragment & 0x2000 != 0, payloadStart: payload.start,
                    payloadCount: payload.captured, declaredCount: declared, tunnel: nesting.tunnel))
        }
        return payload.transport(bytes, bytes.u8(start &+ 9), nesting)
    }
}

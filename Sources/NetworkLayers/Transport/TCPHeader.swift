public import Evidence

/// TCP (RFC 9293 section 3.1).
///
///      0 source port   2 destination port   4 sequence   8 acknowledgement   12 header length 4 (32-bit words) | reserved   13 flags
///      14 window   16 checksum   18 urgent pointer   20 options
@usableFromInline
package enum TCPHeader {
    @inlinable
    package static func decode(_ bytes: RawSpan, _ payload: IPPayload) -> FrameContent {
        let start = payload.start
        guard payload.declared >= 20 else { return .other(.malformed(start)) }
        guard payload.captured >= 20 else { return .other(.truncated(start)) }
        let header = Int(bytes.u8(start &+ 12) >> 4) &* 4
        guard header >= 20, header <= payload.declared else { return .other(.malformed(start)) }
        guard payload.captured >= header else { return .other(.truncated(start)) }
        return .tcp(
            TCPSegment(
                source: Endpoint(payload.source, bytes.be16(start)), destination: Endpoint(payload.destination, bytes.be16(start &+ 2)),
                sequence: bytes.be32(start &+ 4), acknowledgement: bytes.be32(start &+ 8), flags: TCPFlags(rawValue: bytes.u8(start &+ 13)),
                payloadStart: start &+ header, payloadCount: payload.captured &- header, declaredCount: payload.declared &- header))
    }
}

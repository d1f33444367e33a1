public import Evidence

/// UDP (RFC 768): 0 source port, 2 destination port, 4 length with header, 6 checksum.
@usableFromInline
package enum UDPHeader {
    @inlinable @inline(__always)
    package static func decode(_ bytes: RawSpan, _ payload: IPPayload) -> FrameContent {
        let start = payload.start
        guard payload.declared >= 8 else { return .other(.malformed(start)) }
        guard payload.captured >= 8 else { return .other(.truncated(start)) }
        let length = Int(bytes.be16(start &+ 4))
        // 0: a jumbogram (RFC 2675 section 4) or offload; the IP header decides.
        let declared = length == 0 ? payload.declared &- 8 : length &- 8
        guard declared >= 0 else { return .other(.malformed(start)) }
        return .udp(
            UDPDatagram(
                source: Endpoint(payload.source, bytes.be16(start)), destination: Endpoint(payload.destination, bytes.be16(start &+ 2)),
                payloadStart: start &+ 8, payloadCount: min(declared, payload.captured &- 8), declaredCount: declared))
    }
}

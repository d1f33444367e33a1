public import Evidence

/// The common header of SCTP (RFC 9260 section 3.1): 0 source port, 2 destination port, 4 verification tag, 8 checksum.
@usableFromInline
package enum SCTPHeader {
    @inlinable
    package static func decode(_ bytes: RawSpan, _ payload: IPPayload) -> FrameContent {
        let start = payload.start
        guard payload.declared >= 12 else { return .other(.malformed(start)) }
        guard payload.captured >= 12 else { return .other(.truncated(start)) }
        return .sctp(
            SCTPPacket(
                source: Endpoint(payload.source, bytes.be16(start)), destination: Endpoint(payload.destination, bytes.be16(start &+ 2)),
                verificationTag: bytes.be32(start &+ 4), chunksStart: start &+ 12, chunksCount: payload.captured &- 12))
    }
}

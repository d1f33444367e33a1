/// The head of one WebSocket frame (RFC 6455 section 5.2).
///
///      0 FIN 1 | RSV1-3 | opcode 4     1 MASK 1 | length 7     2 length 16 (126) or 64 (127)     then the masking key 4, if MASK
package struct WebSocketFrameHeader: Sendable, Equatable {
    /// The last frame of its message.
    package let isFinal: Bool
    /// RSV1: the message is compressed (RFC 7692 section 6); only in its first frame.
    package let isCompressed: Bool
    /// 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong.
    package let opcode: UInt8
    /// The key that the payload is exclusive-ored with; a client's frames have one.
    package let mask: [UInt8]?
    /// Octets of the head.
    package let length: Int
    /// Octets of the payload.
    package let payloadCount: Int

    package enum Reading: Sendable, Equatable {
        case header(WebSocketFrameHeader)
        case needsMore
        /// No frame begins here.
        case malformed
    }

    package var isControl: Bool { opcode >= 8 }

    /// Reads the head at `start`. Refused: reserved bits and opcodes, control frames that are long or in pieces, lengths beyond 2^62.
    package static func read(_ octets: [UInt8], at start: Int) -> Reading {
        guard start < octets.count else { return .needsMore }
        let first = octets[start]
        let opcode = first & 15
        guard first & 0x30 == 0, [0, 1, 2, 8, 9, 10].contains(opcode) else { return .malformed }
        let isFinal = first & 0x80 != 0
        let isCompressed = first & 0x40 != 0
        if isCompressed, opcode != 1, opcode != 2 { return .malformed }
        guard start + 1 < octets.count else { return .needsMore }
        var count = UInt64(octets[start + 1] & 0x7F)
        if opcode >= 8, !isFinal || count > 125 { return .malformed }
        var index = start + 2
        let wide = count == 126 ? 2 : count == 127 ? 8 : 0
        if wide > 0 {
            guard index + wide <= octets.count else { return .needsMore }
            count = octets[index..<index + wide].reduce(0) { $0 << 8 | UInt64($1) }
            index += wide
        }
        guard count < 1 << 62 else { return .malformed }
        var mask: [UInt8]?
        if octets[start + 1] & 0x80 != 0 {
            guard index + 4 <= octets.count else { return .needsMore }
            mask = Array(octets[index..<index + 4])
            index += 4
        }
        return .header(
            WebSocketFrameHeader(
                isFinal: isFinal, isCompressed: isCompressed, opcode: opcode, mask: mask, length: index - start, payloadCount: Int(count)))
    }

    /// The payload octets `range`, counted from the payload's start, which lies at `start` in `octets`; unmasked.
    package func payload(_ octets: [UInt8], at start: Int, _ range: Range<Int>) -> [UInt8] {
        var out = Array(octets[start + range.lowerBound..<start + range.upperBound])
        if let mask { for index in out.indices { out[index] ^= mask[(range.lowerBound + index) & 3] } }
        return out
    }
}

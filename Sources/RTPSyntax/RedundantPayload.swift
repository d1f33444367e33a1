package import Evidence

/// The blocks of a redundant payload (RFC 2198 section 3).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |1|   block PT  |  timestamp offset         |   block length    |   each redundant block
///     |0|   block PT  |                                                   the primary one
package struct RedundantPayload: Sendable, Equatable {
    package struct Block: Sendable, Equatable {
        package let payloadType: PayloadType
        /// RTP clock units by which the block is older than the packet; 0 for the primary one.
        package let timestampOffset: UInt32
        /// Where its octets lie in the payload; may be empty.
        package let range: Range<Int>
    }

    /// Copies of earlier packets' payloads, in the order of the packet, which is from the oldest on.
    package let redundant: [Block]
    /// What the packet itself is about.
    package let primary: Block

    /// Blocks that are believed; more than the ten or so of any use mean that this is no redundant payload.
    private static let mostBlocks = 32

    /// Nil unless all headers are there and the lengths fit.
    package init?(parsing bytes: RawSpan) {
        var heads: [(type: PayloadType, offset: UInt32, length: Int)] = []
        var index = 0
        while index < bytes.byteCount, bytes.u8(index) & 0x80 != 0 {
            guard index + 4 < bytes.byteCount, heads.count < Self.mostBlocks else { return nil }
            let word = bytes.be32(index)
            heads.append((PayloadType(UInt8(word >> 24 & 0x7F)), word >> 10 & 0x3FFF, Int(word & 0x3FF)))
            index += 4
        }
        guard index < bytes.byteCount else { return nil }
        let last = PayloadType(bytes.u8(index))
        index += 1
        var blocks: [Block] = []
        for head in heads {
            guard head.length <= bytes.byteCount - index else { return nil }
            blocks.append(Block(payloadType: head.type, timestampOffset: head.offset, range: index..<index + head.length))
            index += head.length
        }
        redundant = blocks
        primary = Block(payloadType: last, timestampOffset: 0, range: index..<bytes.byteCount)
    }
}

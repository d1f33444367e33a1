package import Evidence

/// The payload of a parity packet (ULPFEC, RFC 5109 section 7): the exclusive or of several packets, in levels that protect ever less of them.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |E|L|P|X|  CC   |M| PT recovery |            SN base            |
///     |                          TS recovery                          |
///     |        length recovery        |
///     |       protection length       |  mask, 16 or with L 48 bits   |   each level, followed by its octets
package struct ParityPayload: Sendable, Equatable {
    package struct Level: Sendable, Equatable {
        /// Bit 63 stands for the packet `baseSequence`, bit 62 for the next.
        package let mask: UInt64
        /// The octets of parity, in the payload; they continue those of the level before.
        package let range: Range<Int>
    }

    /// The number that the first bit of the masks stands for.
    package let baseSequence: SequenceNumber
    /// Exclusive or of the first two octets of the packets, without version.
    package let head: UInt16
    /// Exclusive or of the timestamps.
    package let timestamp: UInt32
    /// Exclusive or of the lengths behind the fixed header.
    package let length: UInt16
    package let levels: [Level]

    /// Octets before the first level.
    private static let headLength = 10

    /// Nil when it is too short, announces a header of the future (E), or protects nothing.
    package init?(parsing bytes: RawSpan) {
        guard bytes.byteCount >= Self.headLength, bytes.u8(0) & 0x80 == 0 else { return nil }
        let isLong = bytes.u8(0) & 0x40 != 0
        head = bytes.be16(0) & 0x3FFF
        baseSequence = SequenceNumber(bytes.be16(2))
        timestamp = bytes.be32(4)
        length = bytes.be16(8)
        var levels: [Level] = []
        var at = Self.headLength
        let levelHead = isLong ? 8 : 4
        while at < bytes.byteCount {
            guard at + levelHead <= bytes.byteCount else { return nil }
            let count = Int(bytes.be16(at))
            var mask = UInt64(bytes.be16(at + 2)) << 48
            if isLong { mask |= UInt64(bytes.be32(at + 4)) << 16 }
            let start = at + levelHead
            guard mask != 0, count > 0, count <= bytes.byteCount - start else { return nil }
            levels.append(Level(mask: mask, range: start..<start + count))
            at = start + count
        }
        guard !levels.isEmpty else { return nil }
        self.levels = levels
    }

    /// Numbers that a mask stands for, in order.
    package func sequences(of mask: UInt64) -> [SequenceNumber] {
        (0..<48).compactMap { mask >> (63 - UInt64($0)) & 1 == 1 ? SequenceNumber(baseSequence.value &+ UInt16($0)) : nil }
    }
}

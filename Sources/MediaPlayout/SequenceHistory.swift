import Evidence

/// Sequence numbers and timestamps of the last 128 packets played: a repeated pair is a duplicate, not a late packet.
struct SequenceHistory {
    private static let size = 128
    /// Bit 63 marks a used slot; then timestamp and sequence number. In place: an array would be one more line of the cache for each packet.
    private var slots = InlineArray<128, UInt64>(repeating: 0)

    private static func mark(_ sequence: SequenceNumber, _ timestamp: RTPTimestamp) -> UInt64 {
        1 << 63 | UInt64(timestamp.value) << 16 | UInt64(sequence.value)
    }

    @inline(__always)
    mutating func insert(_ sequence: SequenceNumber, _ timestamp: RTPTimestamp) {
        slots[Int(sequence.value) & (Self.size - 1)] = Self.mark(sequence, timestamp)
    }

    func contains(_ sequence: SequenceNumber, _ timestamp: RTPTimestamp) -> Bool {
        slots[Int(sequence.value) & (Self.size - 1)] == Self.mark(sequence, timestamp)
    }
}

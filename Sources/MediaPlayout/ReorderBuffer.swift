import Evidence

/// Packets that came before one with a lower number, by number. The playout bounds it by count and age.
struct ReorderBuffer {
    private(set) var packets: [HeldPacket] = []
    /// The oldest arrival in it.
    private(set) var oldest = CaptureTime.distantFuture

    var isEmpty: Bool { packets.isEmpty }
    var count: Int { packets.count }
    var first: HeldPacket? { packets.first }

    /// False when a packet with this number and timestamp is there already.
    mutating func insert(_ packet: HeldPacket) -> Bool {
        var index = packets.count
        while index > 0 {
            let other = packets[index - 1].entry
            let distance = packet.entry.sequence.distance(from: other.sequence)
            if distance > 0 { break }
            if distance == 0, other.timestamp == packet.entry.timestamp { return false }
            index -= 1
        }
        packets.insert(packet, at: index)
        oldest = min(oldest, packet.entry.arrival)
        return true
    }

    mutating func removeFirst() -> HeldPacket? {
        guard !packets.isEmpty else { return nil }
        let packet = packets.removeFirst()
        if packet.entry.arrival <= oldest { oldest = packets.lazy.map(\.entry.arrival).min() ?? .distantFuture }
        return packet
    }
}

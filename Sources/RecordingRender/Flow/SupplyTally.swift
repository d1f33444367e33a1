/// Packets and copies of one flow by capture. Files follow one another, so counting is mostly one comparison.
struct SupplyTally {
    private(set) var rows: [(capture: UInt32, packets: Int, copies: Int)] = []
    private var current = UInt32.max
    private var count = 0

    @inline(__always)
    mutating func add(_ capture: UInt32) {
        if capture != current { turn(to: capture) }
        count &+= 1
    }

    @inline(never)
    mutating func turn(to capture: UInt32) {
        put(current, packets: count, copies: 0)
        current = capture
        count = 0
    }

    /// One packet that `add` counted turned out to be a copy, or was replaced by another's.
    mutating func noteCopy(_ capture: UInt32) { put(capture, packets: -1, copies: 1) }

    private mutating func put(_ capture: UInt32, packets: Int, copies: Int) {
        if packets == 0, copies == 0 { return }
        if let index = rows.firstIndex(where: { $0.capture == capture }) {
            rows[index].packets += packets
            rows[index].copies += copies
        } else {
            rows.append((capture, packets, copies))
        }
    }

    /// In order of captures.
    mutating func finished() -> [(capture: UInt32, packets: Int, copies: Int)] {
        turn(to: .max)
        return rows.sorted { $0.capture < $1.capture }
    }
}

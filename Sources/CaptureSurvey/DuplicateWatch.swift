import Evidence
import RTPSyntax
import StreamMatching

/// Compares packets of flows that repeat with earlier ones. A flow in order and from one capture never comes here.
///
/// Bound: `Limits.watchedFlows` flows at once; one more ends the watch of the one watched longest, which begins anew with its next repetition.
struct DuplicateWatch {
    private struct Seen {
        var time = CaptureTime(nanoseconds: 0)
        var timestamp: UInt32 = 0
        var capture = UInt32.max
        var sequence: UInt16 = 0
    }

    /// Packets remembered of one flow: 2.5 s of usual audio.
    private static let depth = 128
    /// Packets without repetition after which the watch of a flow ends: one that came late is no reason to watch for hours.
    private static let patience = 512

    /// Nanoseconds.
    private static let oldest: UInt64 = 1_000_000_000

    private(set) var offsets = ClockOffsets()
    /// Flows whose watch ended because there were too many.
    private(set) var released = 0
    private var slots: [Int: Int] = [:]
    private var owners: [Int] = []
    private var rings: ContiguousArray<Seen> = []
    private var quiet: [Int] = []
    private var free: [Int] = []
    private var hand = 0
    private let limit: Int

    init(limit: Int) { self.limit = max(1, min(limit, 1 << 20)) }

    /// Looks at the packet that was just added to row `row`.
    mutating func look(_ row: Int, _ flows: inout FlowTable, _ header: RTPHeader, time: CaptureTime, capture: UInt32) {
        let attention = flows.rows[row].attention
        guard let slot = slots[row] else {
            if attention == .notAfter, header.sequence.value == UInt16(truncatingIfNeeded: flows.rows[row].highestSequence),
                header.timestamp == flows.rows[row].lastTimestamp
            {
                flows.rows[row].repeats += 1
            }
            begin(row, &flows)
            if let slot = slots[row] { remember(slot, header, time, capture) }
            return
        }
        let seen = rings[slot * Self.depth + Int(header.sequence.value) % Self.depth]
        // In one capture a copy is not older than a second: later, a sender begins again. Clocks of two may differ by anything.
        guard seen.capture != .max, seen.sequence == header.sequence.value, seen.timestamp == header.timestamp.value,
            seen.capture != capture || (time.nanoseconds &- seen.time.nanoseconds).magnitude <= Self.oldest
        else {
            remember(slot, header, time, capture)
            quiet[slot] += 1
            if quiet[slot] > Self.patience { end(slot, &flows) }
            return
        }
        quiet[slot] = 0
        flows.rows[row].repeats += 1
        if seen.capture != capture { offsets.add(seen.capture, seen.time, capture, time) }
    }

    /// What else shows that captures hold the same: a SIP message.
    mutating func add(_ first: (capture: UInt32, time: CaptureTime), _ second: (capture: UInt32, time: CaptureTime)) {
        offsets.add(first.capture, first.time, second.capture, second.time)
    }

    private mutating func remember(_ slot: Int, _ header: RTPHeader, _ time: CaptureTime, _ capture: UInt32) {
        rings[slot * Self.depth + Int(header.sequence.value) % Self.depth] = Seen(
            time: time, timestamp: header.timestamp.value, capture: capture, sequence: header.sequence.value)
    }

    private mutating func begin(_ row: Int, _ flows: inout FlowTable) {
        if free.isEmpty, owners.count < limit {
            free.append(owners.count)
            owners.append(row)
            quiet.append(0)
            rings.append(contentsOf: repeatElement(Seen(), count: Self.depth))
        } else if free.isEmpty {
            released += 1
            end(hand, &flows)
            hand = (hand + 1) % limit
        }
        guard let slot = free.popLast() else { return }
        flows.rows[row].isWatched = true
        slots[row] = slot
        owners[slot] = row
        quiet[slot] = 0
        for index in slot * Self.depth..<(slot + 1) * Self.depth { rings[index].capture = .max }
    }

    private mutating func end(_ slot: Int, _ flows: inout FlowTable) {
        flows.rows[owners[slot]].isWatched = false
        slots[owners[slot]] = nil
        free.append(slot)
    }
}

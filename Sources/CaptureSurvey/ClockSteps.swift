import Evidence
import MediaPlayout
import PacketInput
import StreamMatching

/// Finds where the clock of a capturing host was set: all streams jump between the same two frames, and by the same time.
///
/// One stream alone that comes later is a pause of its sender; time that goes backward is nobody's.
enum ClockSteps {
    private struct Witness {
        let flow: Int
        let jump: ClockJump
    }

    /// Nanoseconds by which witnesses may differ: what the network does to them.
    private static let agreement: Int64 = 80_000_000
    /// Steps below this put nothing out of order that the network would not.
    private static let noticeable: Int64 = 150_000_000

    /// Places that are looked at closely in one capture, beyond which no more steps are found.
    private static let attempts = 256

    static func find(_ flows: FlowTable, _ clocks: ContiguousArray<ClockTrace>) -> [ClockStep] {
        var witnesses: [UInt32: [Witness]] = [:]
        for (flow, clock) in clocks.enumerated() where flow < flows.rows.count {
            for jump in clock.jumps where abs(jump.nanoseconds) >= noticeable { witnesses[jump.capture, default: []].append(Witness(flow: flow, jump: jump)) }
        }
        return witnesses.sorted { $0.key < $1.key }.flatMap { capture, all in steps(of: capture, all, flows, clocks) }
    }

    private static func steps(
        of capture: UInt32, _ all: [Witness], _ flows: FlowTable, _ clocks: ContiguousArray<ClockTrace>
    ) -> [ClockStep] {
        let sorted = all.sorted { ($0.jump.after, $0.flow) < ($1.jump.after, $1.flow) }
        let befores = all.map(\.jump.before).sorted()
        // Whoever was there before and after, and saw nothing of it, speaks against it.
        let read = flows.rows.indices.filter { $0 < clocks.count && clocks[$0].isRead && flows.rows[$0].firstOrigin.capture == capture }.map { flows.rows[$0] }
        let firsts = read.map(\.firstOrigin.frame).sorted()
        let lasts = read.map { $0.lastCapture == capture ? $0.lastFrame : .max }.sorted()
        var out: [ClockStep] = []
        var tried = 0
        for (index, witness) in sorted.enumerated() {
            let frame = witness.jump.after
            if let last = out.last, witness.jump.before < last.until { continue }
            // A step lies before the first of the frames that show it; at this one those have begun and not ended that may be of it.
            let open = count(below: frame, in: befores) - index
            let live = count(below: frame, in: firsts) - count(below: frame, in: lasts)
            guard open * 11 >= live * 10, tried < attempts else { continue }
            tried += 1
            let group = sorted[index...].filter { $0.jump.before < frame }
            if let step = step(group, capture, live: live, flows) { out.append(step) }
        }
        return out
    }

    /// How many of ascending numbers are less than one.
    private static func count(below limit: UInt32, in numbers: [UInt32]) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The step that a group shows. Of many, some may have been silent just then and come later by their own pauses besides; of few, all have to agree:
    /// a pair with the same pause is soon found.
    private static func step(_ group: [Witness], _ capture: UInt32, live: Int, _ flows: FlowTable) -> ClockStep? {
        let sorted = group.sorted { ($0.jump.nanoseconds, $0.flow) < ($1.jump.nanoseconds, $1.flow) }
        var (from, best) = (0, 0..<0)
        for until in sorted.indices {
            while sorted[until].jump.nanoseconds - sorted[from].jump.nanoseconds > agreement { from += 1 }
            if until + 1 - from > best.count { best = from..<until + 1 }
        }
        let agreeing = sorted[best]
        guard agreeing.count * 4 >= group.count * 3, Set(group.map(\.flow)).count * 11 >= live * 10, let after = agreeing.map(\.jump.before).max(),
            let until = agreeing.map(\.jump.after).min(), after < until
        else { return nil }
        let senders = Set(agreeing.map { flows.rows[$0.flow].path.source })
        guard senders.count > 1 || agreeing.contains(where: \.jump.isCertain) else { return nil }
        let middle = agreeing[(best.lowerBound + best.upperBound) / 2].jump.nanoseconds
        return ClockStep(capture: capture, after: after, until: until, nanoseconds: 0 &- middle, streams: Set(agreeing.map(\.flow)).count)
    }
}

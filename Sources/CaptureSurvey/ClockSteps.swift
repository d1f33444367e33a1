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

    static func find(_ flows: FlowTable, _ clocks: ContiguousArray<ClockTrace>) -> [ClockStep] {
        var witnesses: [UInt32: [Witness]] = [:]
        for (flow, clock) in clocks.enumerated() where flow < flows.rows.count {
            for jump in clock.jumps where abs(jump.nanoseconds) >= noticeable { witnesses[jump.capture, default: []].append(Witness(flow: flow, jump: jump)) }
        }
        var out: [ClockStep] = []
        for (capture, all) in witnesses.sorted(by: { $0.key < $1.key }) {
            let sorted = all.sorted { ($0.jump.after, $0.flow) < ($1.jump.after, $1.flow) }
            var index = 0
            while index < sorted.count {
                // Those whose frames around it have some place in common.
                var end = index + 1
                while end < sorted.count, sorted[end].jump.before < sorted[index].jump.after { end += 1 }
                if let step = step(sorted[index..<end], capture, flows, clocks) {
                    out.append(step)
                    index = end
                } else {
                    index += 1
                }
            }
        }
        return out
    }

    private static func step(
        _ group: ArraySlice<Witness>, _ capture: UInt32, _ flows: FlowTable, _ clocks: ContiguousArray<ClockTrace>
    ) -> ClockStep? {
        let sizes = group.map(\.jump.nanoseconds).sorted()
        let middle = sizes[sizes.count / 2]
        let agreeing = group.filter { abs($0.jump.nanoseconds - middle) <= agreement }
        guard let after = agreeing.map(\.jump.before).max(), let until = agreeing.map(\.jump.after).min(), after < until else { return nil }
        let isCertain = agreeing.contains { $0.jump.isCertain }
        let senders = Set(agreeing.map { flows.rows[$0.flow].path.source })
        guard senders.count > 1 || isCertain else { return nil }
        // Whoever was there before and after, and saw nothing of it, speaks against it.
        let named = Set(agreeing.map(\.flow))
        let others = flows.rows.indices.count { flow in
            let row = flows.rows[flow]
            return !named.contains(flow) && flow < clocks.count && clocks[flow].isRead && row.firstOrigin.capture == capture && row.firstOrigin.frame < after
                && row.lastCapture == capture && row.lastFrame > until
        }
        guard others * 10 <= agreeing.count else { return nil }
        return ClockStep(capture: capture, after: after, until: until, nanoseconds: 0 &- middle, streams: named.count)
    }
}

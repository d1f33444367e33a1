import RTPSyntax
import RecordingPlan
import SDPSyntax
import StreamMatching

/// Which flows of a recording carry parity and retransmissions alone (RFC 5109, RFC 4588), and which flows these are about: those that `a=ssrc-group`
/// ties to them, else any other of the stream, as numbers and timestamps leave no doubt which one a packet is of.
struct RepairPlan {
    /// By the number of the flow that is about others, their numbers. Numbers count flows over all streams, in order.
    private(set) var targets: [Int: [Int]] = [:]
    /// Flows that others may be about.
    private(set) var repaired: Set<Int> = []

    init(_ planned: PlannedRecording, rows: ContiguousArray<FlowRow>) {
        var first = 0
        for stream in planned.streams {
            let numbers = first..<first + stream.flows.count
            first += stream.flows.count
            let isOnlyRepair = stream.flows.map { $0.isOnlyRepair(rows[$0.flow]) }
            guard isOnlyRepair.contains(true) else { continue }
            let others = zip(numbers, isOnlyRepair).filter { !$0.1 }.map(\.0)
            for (number, isOnlyRepair) in zip(numbers, isOnlyRepair) where isOnlyRepair {
                let partners = stream.negotiated?.partners(of: rows[stream.flows[number - numbers.lowerBound].flow].ssrc, .repair) ?? []
                let named = others.filter { partners.contains(rows[stream.flows[$0 - numbers.lowerBound].flow].ssrc) }
                targets[number] = named.isEmpty ? others : named
            }
            repaired.formUnion(others)
        }
    }
}

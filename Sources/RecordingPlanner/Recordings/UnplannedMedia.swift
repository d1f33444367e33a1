import CaptureSurvey
import RecordingPlan
import SIPDialogs
import StreamMatching

/// The account of flows that the plan leaves out: with the flows of the recordings they are all flows of the survey.
struct UnplannedMedia {
    /// Those that are left out as a whole, in order of reasons.
    private(set) var flows: [UnplannedFlows] = []
    /// Flows of which recordings have parts.
    private(set) var divided: [Int] = []

    /// `all`: the recordings before any was chosen.
    init(_ survey: Survey, all: [PlannedRecording], wanted: [PlannedRecording], _ streams: NegotiatedStreams, _ matching: FlowMatching) {
        let (used, parts) = Self.flows(of: wanted)
        let (known, _) = Self.flows(of: all)
        // Only these are proven to be heard elsewhere.
        let copies = Set(all.lazy.flatMap(\.streams).flatMap(\.flows).flatMap(\.copies))
        divided = parts.sorted()
        let dialogs = Set(all.flatMap(\.dialogs))
        let cut = Set(all.flatMap { $0.sessions.keys })
        var sums: [UnplannedFlows.Reason: UnplannedFlows] = [:]
        for (flow, row) in survey.flows.rows.enumerated() where !used.contains(flow) {
            let reason: UnplannedFlows.Reason
            if known.contains(flow) {
                reason = .selection
            } else if copies.contains(flow) {
                reason = .otherPath
            } else if let match = matching.matches[flow] {
                let dialog = streams[match.stream].dialog
                reason = cut.contains(dialog) ? .betweenSessions : dialogs.contains(dialog) ? .unclaimed : .noRecording
            } else {
                reason = UnsignalledMedia.isMedia(row) ? .unclaimed : .noise
            }
            sums[reason, default: UnplannedFlows(reason)].flows += 1
            sums[reason, default: UnplannedFlows(reason)].packets += row.packets
        }
        if survey.flows.refused > 0 { sums[.tableFull, default: UnplannedFlows(.tableFull)].packets = survey.flows.refused }
        flows = UnplannedFlows.Reason.allCases.compactMap { sums[$0] }
    }

    private static func flows(of recordings: [PlannedRecording]) -> (used: Set<Int>, divided: Set<Int>) {
        var used: Set<Int> = []
        var divided: Set<Int> = []
        for flow in recordings.lazy.flatMap(\.streams).flatMap(\.flows) {
            used.insert(flow.flow)
            used.formUnion(flow.twins)
            if !flow.window.isWhole { divided.insert(flow.flow) }
        }
        return (used, divided)
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import StreamMatching

/// Tells loss that the receiver did not have from loss on the network: where its reports count none for the time of a gap, only the capture
/// lost the packets (RFC 3550 section 6.4.1).
///
/// Two reports, one before the gap and one well behind it, must count the same number of lost packets; without a report before, the later one must
/// count none since reception began. Anything else leaves the gap as it is: which of several packets a receiver lost, its reports do not say.
struct ReceiverLossEvidence {
    /// Seconds that packets and reports may be on their way: a report that comes so much later knows of what came before.
    private static let travel = 1.0

    /// Flows that a receiver reports of, by stream.
    private let flows: [String: [(from: CaptureTime, until: CaptureTime, heard: HeardReports)]]

    init(survey: Survey, planned: PlannedRecording) {
        var flows: [String: [(CaptureTime, CaptureTime, HeardReports)]] = [:]
        for stream in planned.streams {
            for flow in stream.flows {
                guard let heard = flow.reception else { continue }
                let row = survey.flows.rows[flow.flow]
                flows[stream.id, default: []].append((row.firstArrival, row.lastArrival, heard))
            }
        }
        self.flows = flows
    }

    func explain(_ gaps: inout [String: [PlayoutGap]]) {
        for (id, known) in flows {
            gaps[id] = gaps[id]?.map { gap in
                guard gap.cause == .networkLoss, let reason = reason(for: gap, known) else { return gap }
                return gap.with(cause: .captureDrop, because: reason)
            }
        }
    }

    private func reason(for gap: PlayoutGap, _ flows: [(from: CaptureTime, until: CaptureTime, heard: HeardReports)]) -> String? {
        let end = gap.start.advanced(bySeconds: gap.duration)
        let around = flows.filter { $0.from <= gap.start && $0.until >= end }
        // Of two sources at once the gap does not say whose it is.
        guard around.count == 1, let flow = around.first,
            let (lost, report) = flow.heard.trace.lost(from: gap.start, until: end.advanced(bySeconds: Self.travel)), lost == 0
        else { return nil }
        return "the receiver's report \(Seconds(report.time.seconds(since: end)).value) s later counts no further lost packets"
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import StreamMatching

/// Tells loss that a capture itself admits from loss on the network.
///
/// A gap gets cause `capture-drop` where the capture that holds the packets around it says that it dropped packets, and either says when
/// (`epb_dropcount` of a packet in the gap's time), or gives only a total and every other stream of the recording that the same capture
/// supplied lost packets at the same moment: a network rarely does that, an overrun buffer always. With one stream alone nothing can be told.
struct CaptureDrops {
    /// Seconds by which a drop may be counted after its gap, or two streams' gaps be apart: some packet times.
    private static let slack = 0.1

    private let captures: [CaptureSummary]
    /// When each stream had packets, and from which captures.
    private var live: [String: [(from: CaptureTime, until: CaptureTime, captures: Set<UInt32>)]] = [:]

    init(survey: Survey, planned: PlannedRecording, results: [String: [FlowResult]]) {
        captures = survey.captures
        guard captures.contains(where: { ($0.dropped ?? 0) > 0 }) else { return }
        for stream in planned.streams {
            live[stream.id] = (results[stream.id] ?? []).map { result in
                let row = survey.flows.rows[result.flow]
                return (row.firstArrival, row.lastArrival, Set(result.supplies.map(\.capture)))
            }
        }
    }

    func explain(_ gaps: inout [String: [PlayoutGap]]) {
        guard !live.isEmpty else { return }
        // Starts and ends of every stream's losses, in order of time, as they are before anything is named anew.
        let losses = gaps.mapValues { $0.filter { $0.cause == .networkLoss } }
        for (id, all) in gaps {
            gaps[id] = all.map { gap in
                guard gap.cause == .networkLoss, let reason = reason(for: gap, of: id, losses) else { return gap }
                return gap.with(cause: .captureDrop, because: reason)
            }
        }
    }

    /// Why the capture dropped the gap's packets; nil where nothing says so.
    private func reason(for gap: PlayoutGap, of id: String, _ losses: [String: [PlayoutGap]]) -> String? {
        let from = gap.start.advanced(bySeconds: -Self.slack)
        let until = gap.start.advanced(bySeconds: gap.duration + Self.slack)
        for capture in Set([gap.first.capture, gap.last.capture]).sorted() where Int(capture) < captures.count {
            let summary = captures[Int(capture)]
            guard let dropped = summary.dropped, dropped > 0 else { continue }
            if !summary.dropMoments.isEmpty {
                if summary.dropMoments.contains(where: { $0 >= from && $0 <= until }) { return "the capture counted dropped packets at this time" }
            } else if othersLost(beside: id, capture, from, until, losses) {
                return "the capture dropped \(dropped) packets, and every stream from it lost packets at this time"
            }
        }
        return nil
    }

    private func othersLost(
        beside id: String, _ capture: UInt32, _ from: CaptureTime, _ until: CaptureTime, _ losses: [String: [PlayoutGap]]
    ) -> Bool {
        var others = 0
        for (other, spans) in live where other != id {
            guard spans.contains(where: { $0.from <= from && $0.until >= until && $0.captures.contains(capture) }) else { continue }
            others += 1
            guard Self.overlaps(losses[other] ?? [], from, until) else { return false }
        }
        return others > 0
    }

    /// `gaps` are in order of time and hardly overlap.
    private static func overlaps(_ gaps: [PlayoutGap], _ from: CaptureTime, _ until: CaptureTime) -> Bool {
        var low = 0
        var high = gaps.count
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].start.advanced(bySeconds: gaps[middle].duration) < from { low = middle + 1 } else { high = middle }
        }
        return low < gaps.count && gaps[low].start <= until
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import StreamMatching

/// Asks for evidence that it was the network that lost packets: that the capture was running and got others in that time, or that the receiver counts
/// them as lost.
///
/// Where a capture has no frame at all for the time of a gap, it may as well have stopped. That is said where several streams stop at once, or one
/// stops for longer than networks do; a moment without packets of a call that is captured alone is ordinary loss.
struct LossGround {
    /// Seconds that one stream alone may stop.
    private static let moment = 0.5
    /// Part of a gap that a silence of the capture has to cover: arrivals jitter.
    private static let part = 0.8
    /// Seconds that reports may be on their way.
    private static let travel = 1.0
    /// Seconds by which the packets around a gap may be away from the edges of their files.
    private static let slack = 0.1

    private let captures: [CaptureSummary]
    /// When each stream had packets, and what its receivers say.
    private let live: [String: [(from: CaptureTime, until: CaptureTime, heard: HeardReports?)]]

    init(survey: Survey, planned: PlannedRecording) {
        captures = survey.captures
        var live: [String: [(CaptureTime, CaptureTime, HeardReports?)]] = [:]
        for stream in planned.streams {
            live[stream.id] = stream.flows.map { flow in
                let row = survey.flows.rows[flow.flow]
                return (row.firstArrival, row.lastArrival, flow.reception)
            }
        }
        self.live = live
    }

    func explain(_ gaps: inout [String: [PlayoutGap]]) {
        for (id, all) in gaps {
            gaps[id] = all.map { gap in
                guard gap.cause == .networkLoss, gap.duration > 0, !isCountedAsLost(gap, of: id) else { return gap }
                return judged(gap)
            }
        }
    }

    private func judged(_ gap: PlayoutGap) -> PlayoutGap {
        let (before, after) = (Int(gap.first.capture), Int(gap.last.capture))
        guard captures.indices.contains(before), captures.indices.contains(after), gap.first.frame > 0, gap.last.frame > 0 else { return gap }
        let end = gap.start.advanced(bySeconds: gap.duration)
        if before != after {
            guard let from = captures[before].last, let until = captures[after].first, until.seconds(since: from) > Self.slack,
                until.seconds(since: from) < Self.moment,
                from.seconds(since: gap.start) <= Self.slack, end.seconds(since: until) <= Self.slack
            else { return gap }
            return gap.with(cause: .captureDrop, because: "one capture file ends before this time and the next begins behind it")
        }
        guard isSilent(captures[before], from: gap.start, until: end) else { return gap }
        let streams = live.values.count { spans in spans.contains { $0.from < gap.start && $0.until > end } }
        guard streams > 1 || gap.duration >= Self.moment else { return gap }
        return gap.with(cause: .unknown, because: "nothing at all was captured in this time: the network or the capture may have failed")
    }

    private func isSilent(_ capture: CaptureSummary, from: CaptureTime, until: CaptureTime) -> Bool {
        let silences = capture.silences
        var low = 0
        var high = silences.count
        while low < high {
            let middle = (low + high) / 2
            if silences[middle].until <= from { low = middle + 1 } else { high = middle }
        }
        let length = until.seconds(since: from)
        for silence in silences[low...].prefix(2) {
            let common = min(until, silence.until).seconds(since: max(from, silence.from))
            if common >= Self.part * length { return true }
        }
        return false
    }

    private func isCountedAsLost(_ gap: PlayoutGap, of id: String) -> Bool {
        let end = gap.start.advanced(bySeconds: gap.duration)
        return (live[id] ?? []).contains { flow in
            guard flow.from <= gap.start, flow.until >= end, let heard = flow.heard else { return false }
            return (heard.trace.lost(from: gap.start, until: end.advanced(bySeconds: Self.travel))?.packets ?? 0) > 0
        }
    }
}

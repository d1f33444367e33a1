import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingRecords

/// Tells packets that no file at hand covers from packets that the network lost.
///
/// Probes rotate their files. Where one file ends, the next begins some time later and no other was being written meanwhile, whatever was sent in
/// between is in a file that is not here. A gap that begins and ends with such a hole gets cause `file-missing`.
struct MissingFiles {
    /// Shorter holes are the moment between two packets, seconds.
    private static let shortest = 0.5
    /// Seconds by which a gap may be longer than its hole: the last packet of one file and the first of the next are seldom of this stream.
    private static let slack = 0.1

    /// Times that no capture covers, between times that some do; in order.
    private let holes: [(from: CaptureTime, until: CaptureTime)]

    init(_ captures: [CaptureSummary]) {
        let spans = captures.compactMap { capture in capture.first.flatMap { first in capture.last.map { (from: first, until: max(first, $0)) } } }
            .sorted { ($0.from, $0.until) < ($1.from, $1.until) }
        var holes: [(from: CaptureTime, until: CaptureTime)] = []
        var covered = spans.first?.until ?? .distantPast
        for span in spans.dropFirst() {
            if span.from.seconds(since: covered) >= Self.shortest { holes.append((covered, span.from)) }
            covered = max(covered, span.until)
        }
        self.holes = holes
    }

    func explain(_ gaps: inout [String: [PlayoutGap]]) {
        guard !holes.isEmpty else { return }
        gaps = gaps.mapValues { $0.map { isInHole($0) ? $0.with(cause: .fileMissing, because: "no capture file covers this time") : $0 } }
    }

    private func isInHole(_ gap: PlayoutGap) -> Bool {
        guard gap.cause == .networkLoss || gap.cause == .unknown else { return false }
        let end = gap.start.advanced(bySeconds: gap.duration)
        return holes.contains {
            $0.from.seconds(since: gap.start) <= Self.slack && end.seconds(since: $0.until) <= Self.slack && gap.start < $0.until && end > $0.from
        }
    }
}

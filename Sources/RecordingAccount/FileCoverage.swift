import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import StreamMatching

/// Finds the time of each audio file in which none of its streams has sound or a gap, and makes it gaps: every frame is accounted for.
///
/// Nothing says that a stream should have been there before its first packet, after its last, or outside of its descriptions; between two flows of
/// a stream without signalling nobody knows.
struct FileCoverage {
    /// Shorter spans are the grain of packets, seconds.
    private static let grain = 0.020

    let planned: PlannedRecording
    let results: [String: [FlowResult]]
    let end: CaptureTime

    func complete(_ gaps: inout [String: [PlayoutGap]], _ written: [WrittenTrack]) {
        for file in written where file.mix == nil && !file.track.streams.isEmpty {
            let streams = planned.streams.filter { file.track.streams.contains($0.id) }
            let known = streams.map { (stream: $0, covered: covered($0, gaps[$0.id] ?? [])) }
            let begin = planned.start.advanced(bySeconds: file.start)
            let frames = Double(file.file.frames) / Double(max(1, file.track.sampleRate))
            let until = min(end, begin.advanced(bySeconds: frames))
            let all = TimeSpans(known.flatMap(\.covered.spans))
            for hole in all.rest(of: (begin, until)) where hole.until.seconds(since: hole.from) >= Self.grain {
                guard let owner = Self.owner(of: hole, known) else { continue }
                gaps[owner.id, default: []].append(gap(hole, owner, all))
            }
        }
        gaps = gaps.mapValues { $0.sorted { ($0.start, $0.duration) < ($1.start, $1.duration) } }
    }

    private func covered(_ stream: PlannedStream, _ gaps: [PlayoutGap]) -> TimeSpans {
        TimeSpans((results[stream.id] ?? []).flatMap(\.covered) + gaps.map { ($0.start, $0.end) })
    }

    /// The stream that was there last before the hole, else the first behind it.
    private static func owner(of hole: TimeSpans.Span, _ known: [(stream: PlannedStream, covered: TimeSpans)]) -> PlannedStream? {
        let before = known.compactMap { entry in entry.covered.spans.last { $0.from < hole.from }.map { (entry.stream, $0.until) } }
        if let last = before.max(by: { $0.1 < $1.1 }) { return last.0 }
        let behind = known.compactMap { entry in entry.covered.spans.first { $0.from >= hole.from }.map { (entry.stream, $0.from) } }
        return behind.min { $0.1 < $1.1 }?.0
    }

    private func gap(_ hole: TimeSpans.Span, _ stream: PlannedStream, _ all: TimeSpans) -> PlayoutGap {
        let nowhere = Origin(capture: 0, frame: 0)
        let isOpen = stream.negotiated?.epochs.last { $0.from <= hole.from }?.isOpen ?? true
        var gap = PlayoutGap(
            start: hole.from, duration: hole.until.seconds(since: hole.from), packets: nil,
            cause: isOpen ? .unknown : PauseKind.cause(of: stream, in: planned), first: nowhere, last: nowhere)
        let isBetween = (all.spans.first.map { $0.from < hole.from } ?? false) && (all.spans.last.map { $0.until > hole.until } ?? false)
        gap.isEdge = stream.negotiated != nil || !isBetween
        return gap
    }
}

import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import StreamMatching

/// Every span of a stream that has no sound although the stream was there, with its cause.
struct StreamGaps {
    /// Shorter spans are the grain of packets, not gaps, seconds.
    private static let grain = 0.020

    private let stream: PlannedStream
    private let start: CaptureTime
    private let end: CaptureTime
    private let dialogEnd: CaptureTime?
    private let pauseCause: GapCause

    init(stream: PlannedStream, start: CaptureTime, end: CaptureTime, dialogEnd: CaptureTime?, pauseCause: GapCause) {
        self.stream = stream
        self.start = start
        self.end = end
        self.dialogEnd = dialogEnd
        self.pauseCause = pauseCause
    }

    /// Gaps inside flows as the playout told them, and spans between and around flows.
    func list(_ results: [FlowResult]) -> [PlayoutGap] {
        var gaps: [PlayoutGap] = []
        var covered: [(from: CaptureTime, until: CaptureTime)] = []
        for result in results {
            covered += result.covered
            for gap in result.gaps {
                let middle = gap.start.advanced(bySeconds: gap.duration / 2)
                let isPaused = gap.cause == .discontinuousTransmission && isInactive(at: middle)
                gaps.append(isPaused ? gap.with(cause: pauseCause) : gap)
                covered.append((gap.start, gap.start.advanced(bySeconds: gap.duration)))
            }
        }
        covered.sort { ($0.from, $0.until) < ($1.from, $1.until) }
        let origin = Origin(capture: 0, frame: 0)
        for window in windows {
            var at = window.from
            for span in covered + [(window.until, window.until)] where span.until >= window.from && span.from <= window.until {
                for silence in silences(from: at, until: span.from) {
                    gaps.append(
                        PlayoutGap(
                            start: silence.from, duration: silence.until.seconds(since: silence.from), packets: nil, cause: silence.cause, first: origin,
                            last: origin))
                }
                at = max(at, span.until)
            }
        }
        return Self.joined(gaps.sorted { ($0.start, $0.duration) < ($1.start, $1.duration) })
    }

    /// The causes of a span in which no flow has packets. After a source's BYE it sends nothing; before it, why is not known.
    private func silences(from: CaptureTime, until: CaptureTime) -> [(from: CaptureTime, until: CaptureTime, cause: GapCause)] {
        let length = until.seconds(since: from)
        guard length >= Self.grain else { return [] }
        if isInactive(at: from.advanced(bySeconds: length / 2)) { return [(from, until, pauseCause)] }
        let slack = PlannedFlow.goodbyeSlack
        let goodbyes = stream.flows.compactMap(\.goodbye).filter { $0.seconds(since: from) >= -slack && $0 < until }
        guard let goodbye = goodbyes.min() else { return [(from, until, .unknown)] }
        if goodbye.seconds(since: from) <= slack { return [(from, until, .discontinuousTransmission)] }
        return [(from, goodbye, .unknown), (goodbye, until, .discontinuousTransmission)]
    }

    /// When the stream was expected to be there: from its first to its last description that has a port, within the recording.
    private var windows: [(from: CaptureTime, until: CaptureTime)] {
        guard let negotiated = stream.negotiated else {
            // Without signalling a stream is expected from its first packet to its last.
            return []
        }
        var out: [(from: CaptureTime, until: CaptureTime)] = []
        for epoch in negotiated.epochs where epoch.isPlaced {
            let from = max(epoch.from, start)
            let until = min(min(epoch.until ?? .distantFuture, dialogEnd ?? .distantFuture), end)
            guard until > from else { continue }
            if let last = out.last, from <= last.until {
                out[out.count - 1].until = max(last.until, until)
            } else {
                out.append((from, until))
            }
        }
        return out
    }

    private func isInactive(at time: CaptureTime) -> Bool {
        guard let epoch = stream.negotiated?.epochs.last(where: { $0.from <= time }) else { return false }
        return !epoch.isOpen
    }

    /// Neighbours of the same cause that touch are one gap: an hour of undecryptable packets is one row.
    private static func joined(_ gaps: [PlayoutGap]) -> [PlayoutGap] {
        var out: [PlayoutGap] = []
        for gap in gaps {
            guard let last = out.last, last.cause == gap.cause, gap.cause != .networkLoss, gap.concealed == 0,
                gap.start.seconds(since: last.start.advanced(bySeconds: last.duration)) < 0.001
            else {
                out.append(gap)
                continue
            }
            let until = max(last.start.advanced(bySeconds: last.duration), gap.start.advanced(bySeconds: gap.duration))
            let packets = last.packets == nil && gap.packets == nil ? nil : (last.packets ?? 0) + (gap.packets ?? 0)
            out[out.count - 1] = PlayoutGap(
                start: last.start, duration: until.seconds(since: last.start), packets: packets, cause: last.cause, first: last.first, last: gap.last)
        }
        return out
    }
}

extension PlayoutGap {
    /// Seconds of silence that nothing explains before a recording counts as incomplete: people pause, and streams begin and end a
    /// little apart, but a stream that stops for longer than this without hold, loss or DTX may have been cut off.
    static let unexplainedSilence = 2.0

    /// Whether this span may hold something that was said and is not in the audio.
    var isLoss: Bool {
        switch cause {
        case .discontinuousTransmission, .hold, .pause: false
        case .unknown: duration >= Self.unexplainedSilence
        case .networkLoss, .captureDrop, .snapLength, .fileMissing, .noKey, .authenticationFailure, .codecUnsupported: true
        }
    }

    func with(cause: GapCause, because reason: String? = nil) -> PlayoutGap {
        var gap = self
        gap.cause = cause
        gap.reason = reason
        return gap
    }
}

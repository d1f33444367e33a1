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

    /// Gaps inside flows as the playout told them, and spans between and around flows. Where one flow has sound, another's gap on the same track is none.
    func list(_ results: [FlowResult]) -> [PlayoutGap] {
        var gaps: [PlayoutGap] = []
        var covered: [TimeSpans.Span] = []
        let closures = closures(among: results.flatMap(\.covered))
        // Where one file has all the sound, what there is none of has no gaps beside those of the file.
        let isOneFile = Set(results.filter { !$0.covered.isEmpty }.map(track)).count <= 1
        for (_, group) in Dictionary(grouping: results, by: { isOneFile ? 0 : track($0) }).sorted(by: { $0.key < $1.key }) {
            let sound = TimeSpans(group.flatMap { TimeSpans($0.covered).subtracting(TimeSpans($0.gaps.map { ($0.start, $0.end) })).spans })
            gaps += Self.alone(group.flatMap(\.gaps).map { named($0, closures) }, besides: sound)
            covered += sound.spans
        }
        var known = TimeSpans(covered + gaps.map { ($0.start, $0.end) })
        for closure in closures {
            for span in known.rest(of: (closure.from, closure.until)) where span.until.seconds(since: span.from) >= Self.grain {
                gaps.append(Self.gap(span.from, span.until, .notNegotiated).with(cause: .notNegotiated, because: closure.reason))
            }
        }
        known = TimeSpans(known.spans + closures.map { ($0.from, $0.until) })
        for window in windows {
            for span in known.rest(of: window) where span.until.seconds(since: span.from) >= Self.grain {
                gaps += silences(from: span.from, until: span.until).map { Self.gap($0.from, $0.until, $0.cause) }
            }
        }
        return Self.joined(gaps.sorted { ($0.start, $0.duration) < ($1.start, $1.duration) })
    }

    /// The track that a flow is heard on first; -1 for none.
    private func track(_ result: FlowResult) -> Int {
        stream.flows.first { $0.flow == result.flow }?.pieces.lazy.compactMap(\.track).first ?? -1
    }

    /// Silence while the stream was inactive, or its line another medium's, has that cause.
    private func named(_ gap: PlayoutGap, _ closures: [Closure]) -> PlayoutGap {
        guard gap.cause == .discontinuousTransmission || gap.cause == .unknown else { return gap }
        let middle = gap.start.advanced(bySeconds: gap.duration / 2)
        if let closure = closures.first(where: { $0.from <= middle && middle < $0.until }) {
            return gap.with(cause: .notNegotiated, because: closure.reason)
        }
        guard gap.packets == nil else { return gap }
        return isInactive(at: middle) ? gap.with(cause: pauseCause) : gap
    }

    /// Each moment in one gap only, and in none where there is sound. What is cut into parts has its packets in the first.
    private static func alone(_ gaps: [PlayoutGap], besides sound: TimeSpans) -> [PlayoutGap] {
        var out: [PlayoutGap] = []
        var reach = CaptureTime.distantPast
        for gap in gaps.sorted(by: { ($0.start, $0.duration) < ($1.start, $1.duration) }) {
            let overlap = reach.seconds(since: gap.start)
            if overlap >= gap.duration - TimeSpans.grain, overlap > 0 { continue }
            let from = overlap >= TimeSpans.grain ? reach : gap.start
            let parts = sound.rest(of: (from, gap.end))
            for (number, part) in parts.enumerated() {
                let isWhole = part.from == gap.start && part.until == gap.end
                out.append(isWhole ? gap : gap.part(part, isFirst: number == 0))
            }
            reach = max(reach, gap.end)
        }
        return out
    }

    private static func gap(_ from: CaptureTime, _ until: CaptureTime, _ cause: GapCause) -> PlayoutGap {
        let origin = Origin(capture: 0, frame: 0)
        return PlayoutGap(start: from, duration: until.seconds(since: from), packets: nil, cause: cause, first: origin, last: origin)
    }

    /// A time between two descriptions of the stream in which its line was another medium's, or closed.
    private struct Closure {
        var from: CaptureTime
        var until: CaptureTime
        let reason: String
    }

    /// Silence of less than this before and after a closure belongs to it, seconds: who turns to another medium ends this one a little before.
    private static let turn = 2.0

    /// From the answer that closed the line to the one that opened it again, or to the end where another medium kept it; longer by what is silent
    /// around that.
    private func closures(among spans: [(from: CaptureTime, until: CaptureTime)]) -> [Closure] {
        let epochs = stream.negotiated?.epochs ?? []
        guard let placed = epochs.firstIndex(where: \.isPlaced) else { return [] }
        var out: [Closure] = []
        var index = placed
        while let first = epochs[index...].firstIndex(where: { !$0.isPlaced }) {
            let next = epochs[first...].firstIndex(where: \.isPlaced)
            index = next ?? epochs.count
            let kind = epochs[first].replacement
            if next == nil, kind == nil { break }
            var closure = Closure(
                from: max(epochs[first - 1].until ?? epochs[first].from, start),
                until: min(next == nil ? .distantFuture : epochs[index - 1].until ?? epochs[index].from, end),
                reason: kind.map { "the media line carried \($0)" } ?? "the media line was closed")
            let before = spans.filter { $0.from < closure.from }.map(\.until).max()
            let after = spans.filter { $0.until > closure.until }.map(\.from).min()
            if let before, before < closure.from, closure.from.seconds(since: before) < Self.turn { closure.from = before }
            if let after, after > closure.until, after.seconds(since: closure.until) < Self.turn { closure.until = after }
            if closure.until > closure.from { out.append(closure) }
        }
        return out
    }

    /// The causes of a span in which no flow has packets. After a source's BYE it sends nothing; before it, why is not known.
    private func silences(from: CaptureTime, until: CaptureTime) -> [(from: CaptureTime, until: CaptureTime, cause: GapCause)] {
        let length = until.seconds(since: from)
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
    /// Whether this span may hold something that was said and is not in the audio.
    var isLoss: Bool { cause.isLoss(duration: duration, isEdge: isEdge, packets: packets) }

    var end: CaptureTime { start.advanced(bySeconds: duration) }

    func part(_ span: TimeSpans.Span, isFirst: Bool) -> PlayoutGap {
        let made = max(0, concealed - span.from.seconds(since: start))
        var gap = PlayoutGap(
            start: span.from, duration: span.until.seconds(since: span.from), packets: isFirst ? packets : nil, cause: cause,
            concealed: min(made, span.until.seconds(since: span.from)), first: first, last: last)
        gap.reason = reason
        return gap
    }

    func with(cause: GapCause, because reason: String? = nil) -> PlayoutGap {
        var gap = self
        gap.cause = cause
        gap.reason = reason
        return gap
    }
}

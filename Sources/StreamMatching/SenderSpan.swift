package import Evidence
package import RecordingMetadata

/// How the senders of a stream were found.
package enum SenderBasis: String, Sendable {
    /// Label of the metadata stream equals the m-line's label (RFC 7865 section 6.7.1).
    case label
    /// Labels equal as numbers or without regard to case.
    case similarLabel = "similar-label"
    /// The only metadata stream and the only m-line that were left over.
    case elimination
    /// By the order of stream elements and m-lines.
    case order
    /// A header field or URI parameter of the dialog names the sender.
    case signalling
    /// RTCP gives the source a canonical name (RFC 3550 section 6.5.1).
    case canonicalName = "canonical-name"
    /// No metadata says anything of this m-line.
    case none
}

/// Who sends on an m-line during a time; empty `participants` means that nobody is known.
package struct SenderSpan: Sendable, Equatable {
    package var from: CaptureTime
    /// `distantFuture` while nothing ends it.
    package var until: CaptureTime
    /// Participant ids of the metadata, in order of first appearance; two or more share a mixed stream.
    package var participants: [String]
    package var basis: SenderBasis

    package init(from: CaptureTime, until: CaptureTime, participants: [String], basis: SenderBasis) {
        self.from = from
        self.until = until
        self.participants = participants
        self.basis = basis
    }
}

/// Which metadata streams travel on which m-line, and so who sends there and when (reference RFC 7865 section 6.7 and 6.8).
package struct SenderBinding: Sendable {
    /// Metadata stream ids bound to each negotiated stream, in order of first appearance, by index into the streams given.
    package private(set) var metadataStreams: [Int: [(id: String, basis: SenderBasis)]] = [:]
    private let timeline: MetadataTimeline

    /// `streams` are those that the SRC of one recording session sends.
    package init(streams: [(index: Int, stream: NegotiatedStream)], timeline: MetadataTimeline) {
        self.timeline = timeline
        var unbound: [StreamHistory] = []
        for history in timeline.streams {
            let labels = history.labels.map(\.label)
            var bound = false
            for (comparison, basis) in [(Self.equal, SenderBasis.label), (Self.similar, .similarLabel)] where !bound {
                for (index, stream) in streams where stream.labels.contains(where: { own in labels.contains { comparison($0, own) } }) {
                    metadataStreams[index, default: []].append((history.id, basis))
                    bound = true
                }
            }
            if !bound { unbound.append(history) }
        }
        bindRest(unbound, streams)
    }

    /// Without labels: by elimination where one is left on either side, else by order where the counts agree.
    private mutating func bindRest(_ unbound: [StreamHistory], _ streams: [(index: Int, stream: NegotiatedStream)]) {
        let senders = unbound.filter { history in timeline.participants.contains { $0.sends.contains { $0.streamID == history.id } } || !history.isUnresolved }
        guard !senders.isEmpty else { return }
        let free = streams.filter { metadataStreams[$0.index] == nil && $0.stream.kind == "audio" }
        if senders.count == 1, free.count == 1 {
            metadataStreams[free[0].index] = [(senders[0].id, .elimination)]
        } else if senders.count == free.count {
            for (history, place) in zip(senders, free) { metadataStreams[place.index] = [(history.id, .order)] }
        } else if free.isEmpty {
            // RFC 8068 section 3.2.3: a transfer names a stream id that no document defined; it continues the m-line whose sender left.
            for history in senders {
                guard let start = timeline.participants.flatMap(\.sends).filter({ $0.streamID == history.id }).map(\.interval.start).min() else { continue }
                let silent = streams.filter { place in
                    (metadataStreams[place.index] ?? []).allSatisfy { timeline.senders(of: $0.id, at: start).isEmpty }
                }
                if silent.count == 1 { metadataStreams[silent[0].index, default: []].append((history.id, .elimination)) }
            }
        }
    }

    private static func equal(_ left: String, _ right: String) -> Bool { left == right }

    private static func similar(_ left: String, _ right: String) -> Bool {
        if let a = Int(left), let b = Int(right) { return a == b }
        return left.lowercased() == right.lowercased()
    }

    /// Who sends on the m-line over all time. Media before the first metadata belongs to the first senders named, and a time for which
    /// nobody is named (hold) stays with those named before: what flows then is still that m-line's audio.
    package func spans(of index: Int) -> [SenderSpan] {
        guard let bound = metadataStreams[index], !bound.isEmpty else { return [] }
        let ids = Set(bound.map(\.id))
        let basis = bound[0].basis
        var edges: [CaptureTime] = []
        var sends: [(participant: String, from: CaptureTime, until: CaptureTime)] = []
        for participant in timeline.participants {
            for use in participant.sends where ids.contains(use.streamID) {
                let interval = use.interval
                sends.append((participant.id, interval.start, interval.end ?? .distantFuture))
                edges += [interval.start, interval.end ?? .distantFuture]
            }
        }
        let sorted = Array(Set(edges)).sorted()
        var spans: [SenderSpan] = []
        for (from, until) in zip(sorted, sorted.dropFirst()) {
            var present: [String] = []
            for send in sends where send.from < until && send.until > from && !present.contains(send.participant) { present.append(send.participant) }
            guard !present.isEmpty else { continue }
            if let last = spans.last, last.participants == present {
                spans[spans.count - 1].until = until
            } else {
                if !spans.isEmpty { spans[spans.count - 1].until = from }
                spans.append(SenderSpan(from: from, until: until, participants: present, basis: basis))
            }
        }
        if !spans.isEmpty {
            spans[0].from = .distantPast
            spans[spans.count - 1].until = .distantFuture
        }
        return spans
    }
}

/// One part of a flow with the senders it belongs to.
package struct FlowPiece: Sendable, Equatable {
    package let from: CaptureTime
    package let until: CaptureTime
    package let participants: [String]
    package let basis: SenderBasis

    package init(from: CaptureTime, until: CaptureTime, participants: [String], basis: SenderBasis) {
        self.from = from
        self.until = until
        self.participants = participants
        self.basis = basis
    }
}

extension FlowPiece {
    /// The part of this piece from `from` until `until`.
    package func clipped(from: CaptureTime, until: CaptureTime) -> FlowPiece {
        FlowPiece(from: max(self.from, from), until: min(self.until, until), participants: participants, basis: basis)
    }
}

extension SenderSpan {
    /// Metadata arrives a little before or after the media it speaks of, so a flow is cut only where both sides of the cut are longer
    /// than this many seconds; otherwise the whole flow belongs to whoever has most of it.
    package static let slack = 1.5

    /// Divides a flow that lasted from `first` to `last` among the spans.
    package static func pieces(of spans: [SenderSpan], first: CaptureTime, last: CaptureTime) -> [FlowPiece] {
        var parts: [(span: SenderSpan, from: CaptureTime, until: CaptureTime)] = []
        for span in spans {
            let from = max(span.from, first)
            let until = min(span.until, last)
            if until >= from { parts.append((span, from, until)) }
        }
        while parts.count > 1,
            let short = parts.indices.min(by: { parts[$0].until.seconds(since: parts[$0].from) < parts[$1].until.seconds(since: parts[$1].from) }),
            parts[short].until.seconds(since: parts[short].from) < slack
        {
            let neighbour = short == 0 ? 1 : short == parts.count - 1 || length(parts[short - 1]) >= length(parts[short + 1]) ? short - 1 : short + 1
            parts[neighbour].from = min(parts[neighbour].from, parts[short].from)
            parts[neighbour].until = max(parts[neighbour].until, parts[short].until)
            parts.remove(at: short)
        }
        return parts.enumerated().map { index, part in
            FlowPiece(
                from: index == 0 ? .distantPast : part.from, until: index == parts.count - 1 ? .distantFuture : part.until,
                participants: part.span.participants, basis: part.span.basis)
        }
    }

    private static func length(_ part: (span: SenderSpan, from: CaptureTime, until: CaptureTime)) -> Double { part.until.seconds(since: part.from) }
}

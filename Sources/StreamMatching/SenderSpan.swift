package import Evidence

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
    /// Equal labels, but several m-lines have that label: taken in order.
    case duplicateLabel = "duplicate-label"
    /// Nothing associates participants with streams: the first participant with the first stream, and so on.
    case position
    /// A header field or URI parameter of the dialog names the sender.
    case signalling
    /// RTCP gives the source a canonical name (RFC 3550 section 6.5.1).
    case canonicalName = "canonical-name"
    /// No metadata says anything of this m-line.
    case none

    /// How far the sender can be relied on.
    package var confidence: MatchConfidence {
        switch self {
        case .label, .signalling: .high
        case .similarLabel, .elimination, .canonicalName: .medium
        case .order, .duplicateLabel, .position, .none: .low
        }
    }
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

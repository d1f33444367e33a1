import Evidence

/// Spans of time in order, apart from each other.
struct TimeSpans {
    typealias Span = (from: CaptureTime, until: CaptureTime)

    /// Shorter spans are rounding, seconds.
    static let grain = 0.001

    private(set) var spans: [Span] = []

    init(_ spans: [Span] = []) {
        for span in spans.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) where span.until > span.from {
            if let last = self.spans.last, span.from <= last.until {
                self.spans[self.spans.count - 1].until = max(last.until, span.until)
            } else {
                self.spans.append(span)
            }
        }
    }

    /// What of `span` is in none of these, without what is shorter than the grain. Whole where hardly anything is.
    func rest(of span: Span) -> [Span] {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].until <= span.from { low = middle + 1 } else { high = middle }
        }
        var out: [Span] = []
        var at = span.from
        while low < spans.count, spans[low].from < span.until {
            let known = spans[low]
            low += 1
            guard min(known.until, span.until).seconds(since: max(known.from, at)) >= Self.grain else { continue }
            if known.from.seconds(since: at) >= Self.grain { out.append((at, known.from)) }
            at = max(at, known.until)
        }
        if at == span.from || span.until.seconds(since: at) >= Self.grain { out.append((at, span.until)) }
        return out
    }

    func subtracting(_ other: TimeSpans) -> TimeSpans {
        var out = TimeSpans()
        out.spans = spans.flatMap { other.rest(of: $0) }
        return out
    }
}

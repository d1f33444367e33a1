package import Evidence

/// Loss and jitter of a stream over time, in bounded memory: spans of 10 s, which double whenever there would be more than 360.
package struct QualityMeter: Sendable, Equatable {
    /// What one span had.
    package struct Span: Sendable, Equatable {
        package let start: CaptureTime
        /// Packets that came, and those missing before them.
        package internal(set) var received: Int
        package internal(set) var lost: Int
        /// Interarrival jitter at its end, seconds.
        package internal(set) var jitter: Double
    }

    private static let limit = 360

    package private(set) var spans: [Span] = []
    /// Seconds of a span.
    package private(set) var width = 10.0
    package private(set) var pattern = LossPattern()
    private var end = CaptureTime.distantPast
    private var start = CaptureTime.distantPast
    private var received = 0
    private var lost = 0

    init() {}

    @inline(__always)
    mutating func add(_ arrival: CaptureTime, missing: Int, jitterNanoseconds: Double) {
        if arrival >= end { turn(arrival, jitterNanoseconds) }
        if missing > 0 { lose(missing) }
        received &+= 1
        pattern.received()
    }

    @inline(never)
    private mutating func lose(_ missing: Int) {
        lost += missing
        pattern.lost(missing)
    }

    @inline(never)
    private mutating func turn(_ arrival: CaptureTime, _ jitterNanoseconds: Double) {
        close(jitterNanoseconds)
        start = arrival
        end = arrival.advanced(bySeconds: width)
    }

    mutating func close(_ jitterNanoseconds: Double) {
        guard received > 0 else { return }
        if spans.count >= Self.limit {
            spans = stride(from: 0, to: spans.count, by: 2).map { index in
                guard index + 1 < spans.count else { return spans[index] }
                let (one, two) = (spans[index], spans[index + 1])
                return Span(start: one.start, received: one.received + two.received, lost: one.lost + two.lost, jitter: max(one.jitter, two.jitter))
            }
            width *= 2
        }
        spans.append(Span(start: start, received: received, lost: lost, jitter: jitterNanoseconds / 1e9))
        received = 0
        lost = 0
    }
}

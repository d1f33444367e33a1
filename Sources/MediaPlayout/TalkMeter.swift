import CSamples

/// When a track has sound above a level: 20 ms frames whose mean magnitude is at least -48 dB below full scale, pauses up to 300 ms included,
/// spans under 100 ms left out. It tells sound, not speech: music and tones count.
package struct TalkMeter: Sendable {
    private static let threshold = 130
    /// Frames of 20 ms.
    private static let bridged: Int64 = 15
    private static let shortest: Int64 = 5
    /// Spans kept; further ones are only added up.
    private static let limit = 20_000

    private let frame: Int64
    private var current: Int64 = -1
    /// Where the current one ends.
    private var end: Int64 = 0
    private var sum = 0
    private var counted = 0
    /// The span that may still grow, in frames of 20 ms.
    private var open: (from: Int64, until: Int64)?
    private var closed: [(from: Int64, until: Int64)] = []

    package init(sampleRate: Int) { frame = Int64(max(1, sampleRate / 50)) }

    /// Takes samples in the order in which they are written.
    package mutating func add(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        guard channels > 0 else { return }
        let frames = samples.count / channels
        var at = 0
        while at < frames {
            let place = position &+ Int64(at)
            if place >= end || place < end &- frame || place < 0 {
                let number = place == end ? current &+ 1 : place / frame
                if number != current { turn(to: number) }
            }
            let count = min(frames - at, Int(end &- place))
            guard count > 0 else { return }
            // Every other sample and one channel tell as much.
            sum &+= Self.magnitudes(samples.extracting(at * channels..<(at + count) * channels), step: 2 * channels)
            counted &+= (count + 1) / 2
            at += count
        }
    }

    /// Sum of the magnitudes of each `step`th sample. The common step of 2 has the processor's instructions for it.
    private static func magnitudes(_ samples: Span<Int16>, step: Int) -> Int {
        var total = 0
        var index = 0
        if step == 2 {
            unsafe samples.withUnsafeBufferPointer { samples in
                guard let base = samples.baseAddress else { return }
                var taken = 0
                repeat {
                    var sum: Int64 = 0
                    taken = unsafe samples_sum_first_of_pairs(base + index, samples.count - index, &sum)
                    total &+= Int(sum)
                    index += taken
                } while taken > 0
            }
        }
        while index < samples.count {
            total &+= Int(samples[index].magnitude)
            index += step
        }
        return total
    }

    private mutating func turn(to number: Int64) {
        if counted > 0, sum >= Self.threshold * counted { mark(current) }
        current = number
        end = (number &+ 1) &* frame
        sum = 0
        counted = 0
    }

    private mutating func mark(_ number: Int64) {
        if let span = open, number >= span.from, number - span.until <= Self.bridged {
            open = (span.from, max(span.until, number + 1))
        } else {
            close()
            open = (number, number + 1)
        }
    }

    private mutating func close() {
        if let span = open, span.until - span.from >= Self.shortest, closed.count < Self.limit { closed.append(span) }
        open = nil
    }

    /// Ends the track: spans in units of 20 ms, in order.
    package mutating func finish() -> [(from: Int64, until: Int64)] {
        turn(to: -1)
        close()
        return closed
    }

    /// Units that two lists of spans, each in order, have in common.
    package static func overlap(_ one: [(from: Int64, until: Int64)], _ two: [(from: Int64, until: Int64)]) -> Int64 {
        var (i, j, total) = (0, 0, Int64(0))
        while i < one.count, j < two.count {
            total += max(0, min(one[i].until, two[j].until) - max(one[i].from, two[j].from))
            if one[i].until < two[j].until { i += 1 } else { j += 1 }
        }
        return total
    }

    /// Both lists as one, in order and joined.
    package static func union(_ one: [(from: Int64, until: Int64)], _ two: [(from: Int64, until: Int64)]) -> [(from: Int64, until: Int64)] {
        var out: [(from: Int64, until: Int64)] = []
        for span in (one + two).sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
            if let last = out.last, span.from <= last.until {
                out[out.count - 1].until = max(last.until, span.until)
            } else {
                out.append(span)
            }
        }
        return out
    }
}

/// Converts runs of samples from a decoder's rate to the track's.
///
/// Output frame k stands for the same moment as input frame k · down / up: the filter's delay is taken out, so placing stays exact. Before and
/// after a run the input counts as silence.
package struct Resampler {
    private let filter: ResamplerFilter
    private var channels = 1
    /// Interleaved input from frame `base` on.
    private var history: [Int16] = []
    private var base: Int64 = 0
    /// Input frame after the run; nil between runs.
    package private(set) var end: Int64?
    private var nextOutput: Int64 = 0

    package init(from inputRate: Int, to outputRate: Int) { filter = ResamplerFilter(from: inputRate, to: outputRate) }

    /// Whether a run is open that samples at `position` would not continue: it has to be flushed first.
    func needsFlush(at position: Int64, channels: Int) -> Bool { end.map { $0 != position || channels != self.channels } ?? false }

    /// Takes samples that begin at input frame `position`; appends the output that is complete by now and returns where it begins.
    package mutating func push(_ samples: Span<Int16>, channels: Int, at position: Int64, into out: inout [Int16]) -> Int64 {
        if end == nil {
            self.channels = channels
            base = position - Int64(filter.taps)
            history.removeAll(keepingCapacity: true)
            history.append(contentsOf: repeatElement(0, count: filter.taps * channels))
            nextOutput = Self.ceiling(position, filter.up, filter.down)
            end = position
        }
        history.reserveCapacity(history.count + samples.count)
        for index in 0..<samples.count { history.append(samples[index]) }
        let newEnd = (end ?? position) + Int64(samples.count / channels)
        end = newEnd
        // An output needs taps/2 input frames after its own.
        return produce(whileBefore: newEnd - Int64(filter.taps / 2), into: &out)
    }

    /// Appends the rest of the run and closes it.
    package mutating func flush(into out: inout [Int16]) -> Int64 {
        guard let stop = end else { return nextOutput }
        history.append(contentsOf: repeatElement(0, count: filter.taps * channels))
        let start = produce(whileBefore: stop, into: &out)
        end = nil
        history.removeAll(keepingCapacity: true)
        return start
    }

    private mutating func produce(whileBefore limit: Int64, into out: inout [Int16]) -> Int64 {
        let start = nextOutput
        var (input, rest) = Self.floor(nextOutput, filter.down, filter.up)
        let phases = Int64(filter.phases)
        let half = Int64(filter.taps / 2 - 1)
        while input < limit {
            let phase = Int(filter.up == phases ? rest : rest * phases / filter.up)
            let from = Int(input - half - base) * channels
            for channel in 0..<channels { out.append(convolve(from + channel, phase * filter.taps)) }
            nextOutput += 1
            rest += filter.down
            input += rest / filter.up
            rest %= filter.up
        }
        // Keep what the next output reaches back to.
        let drop = Int(max(0, min(input - half - base, Int64(history.count / channels))))
        if drop > 4096 || drop * channels > history.count / 2 {
            history.removeFirst(drop * channels)
            base += Int64(drop)
        }
        return start
    }

    private func convolve(_ first: Int, _ coefficient: Int) -> Int16 {
        var sum: Int32 = 1 << 13
        let taps = filter.taps
        let step = channels
        unsafe history.withUnsafeBufferPointer { samples in
            unsafe filter.coefficients.withUnsafeBufferPointer { weights in
                guard first >= 0, first + (taps - 1) * step < samples.count, coefficient >= 0, coefficient + taps <= weights.count,
                    let sample = samples.baseAddress, let weight = weights.baseAddress
                else { return }
                let from = unsafe sample + first
                let by = unsafe weight + coefficient
                if step == 1 {
                    // On its own, so that the compiler can take several taps at a time.
                    for tap in 0..<taps { unsafe sum &+= Int32(from[tap]) &* Int32(by[tap]) }
                } else {
                    for tap in 0..<taps { unsafe sum &+= Int32(from[tap &* step]) &* Int32(by[tap]) }
                }
            }
        }
        return Int16(clamping: sum >> 14)
    }

    /// Quotient and remainder of `value * numerator / denominator`, rounded down; the product itself may not fit.
    private static func floor(_ value: Int64, _ numerator: Int64, _ denominator: Int64) -> (Int64, Int64) {
        let (whole, rest) = (value / denominator, value % denominator)
        let product = rest * numerator
        return (whole &* numerator &+ product / denominator, product % denominator)
    }

    private static func ceiling(_ value: Int64, _ numerator: Int64, _ denominator: Int64) -> Int64 {
        let (quotient, rest) = floor(value, numerator, denominator)
        return rest == 0 ? quotient : quotient + 1
    }
}

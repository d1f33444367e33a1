import CSamples

/// The shape of a track for a picture: lowest and highest sample of equal spans, in bounded memory. Spans begin at 20 ms and double whenever
/// there would be more than 2000, so a minute and a day take the same few kilobytes.
package struct PeakMeter: Sendable, Equatable {
    /// Even, so that the spans pair up.
    private static let limit = 2000

    /// Lowest and highest sample of each span, one after the other, in 1/128 of full scale.
    private var peaks: [Int8] = []
    /// Samples of one span, all channels counted.
    private var width: Int
    private let samplesPerSecond: Int
    private var counted = 0
    private var low: Int16 = 0
    private var high: Int16 = 0

    package init(sampleRate: Int, channels: Int) {
        samplesPerSecond = max(50, sampleRate * max(1, channels))
        width = samplesPerSecond / 50
    }

    /// Takes the next samples of the track, channels interleaved.
    package mutating func add(_ samples: Span<Int16>) {
        var at = 0
        while at < samples.count {
            let count = min(width - counted, samples.count - at)
            let (low, high) = Self.extremes(samples.extracting(at..<at + count))
            self.low = min(self.low, low)
            self.high = max(self.high, high)
            at += count
            counted += count
            if counted == width { close() }
        }
    }

    /// Takes digital silence.
    package mutating func addSilence(samples: Int) {
        var rest = samples
        while rest > 0 {
            let count = min(width - counted, rest)
            rest -= count
            counted += count
            if counted == width { close() }
        }
    }

    /// Ends the track: seconds of one span, and the lowest and highest sample of each, one after the other.
    package mutating func finish() -> (step: Double, peaks: [Int8]) {
        if counted > 0 { close() }
        return (Double(width) / Double(samplesPerSecond), peaks)
    }

    private mutating func close() {
        peaks.append(Int8(truncatingIfNeeded: low >> 8))
        peaks.append(Int8(truncatingIfNeeded: high >> 8))
        (low, high, counted) = (0, 0, 0)
        if peaks.count == 2 * Self.limit { halve() }
    }

    private mutating func halve() {
        for index in 0..<Self.limit / 2 {
            peaks[2 * index] = min(peaks[4 * index], peaks[4 * index + 2])
            peaks[2 * index + 1] = max(peaks[4 * index + 1], peaks[4 * index + 3])
        }
        peaks.removeLast(Self.limit)
        width *= 2
    }

    private static func extremes(_ samples: Span<Int16>) -> (low: Int16, high: Int16) {
        unsafe samples.withUnsafeBufferPointer { samples in
            var low: Int16 = 0
            var high: Int16 = 0
            guard let base = samples.baseAddress else { return (low, high) }
            let taken = unsafe samples_extremes(base, samples.count, &low, &high)
            for index in taken..<samples.count {
                let sample = unsafe samples[index]
                low = min(low, sample)
                high = max(high, sample)
            }
            return (low, high)
        }
    }
}

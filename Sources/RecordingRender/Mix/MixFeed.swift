import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords

/// A track's samples in order, at the rate of the mix; silence after its end.
struct MixFeed {
    /// Samples that are read at once.
    private static let readSamples = 1 << 14

    private let store: any SampleStore
    private let channels: Int
    private var resampler: Resampler?
    private var next: Int64 = 0
    private var isAtEnd = false
    /// Samples at hand, interleaved; those before `used` are spent.
    private var ready: [Int16] = []
    private var used = 0

    init(_ voice: MixVoice, rate: Int) {
        store = voice.store
        channels = voice.track.channels
        resampler = voice.track.sampleRate == rate ? nil : Resampler(from: voice.track.sampleRate, to: rate)
    }

    /// Spends what was loaded before and makes the next `frames` ready.
    mutating func load(_ frames: Int) throws(OutputFault) {
        ready.removeFirst(used)
        used = frames * channels
        while ready.count < used, !isAtEnd { try read() }
        if ready.count < used { ready.append(contentsOf: repeatElement(0, count: used - ready.count)) }
    }

    /// Adds what is ready to one channel of interleaved `sums`.
    func add(side: Int?, _ frames: Int, to sums: inout [Int32], _ channel: Int, of width: Int) {
        for frame in 0..<frames {
            let sample: Int32
            if channels == 1 {
                sample = Int32(ready[frame])
            } else if let side {
                sample = Int32(ready[frame * channels + side])
            } else {
                // As a stereo packet becomes mono elsewhere: the mean, rounded down.
                sample = (Int32(ready[frame * channels]) + Int32(ready[frame * channels + 1])) >> 1
            }
            sums[frame * width + channel] += sample
        }
    }

    private mutating func read() throws(OutputFault) {
        var block: [Int16] = []
        try store.read(Self.readSamples, from: next, into: &block)
        isAtEnd = block.isEmpty
        guard var converter = resampler else {
            ready += block
            next += Int64(block.count)
            return
        }
        if isAtEnd {
            _ = converter.flush(into: &ready)
        } else {
            _ = converter.push(block.span, channels: channels, at: next / Int64(channels), into: &ready)
            next += Int64(block.count)
        }
        resampler = converter
    }
}

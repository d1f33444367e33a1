import MediaPlayout
import TestSupport
import Testing

@Suite struct TalkMeterTests {
    /// 20 ms frames, as the meter has them: the same rule written without any haste.
    private struct Plain {
        var sums: [Int64: Int] = [:]
        var counts: [Int64: Int] = [:]

        mutating func add(_ samples: [Int16], at position: Int64, frame: Int64) {
            var at = 0
            while at < samples.count {
                let place = position + Int64(at)
                let count = min(samples.count - at, Int(frame - place % frame))
                // Every other sample of what falls into a frame, from its first.
                for index in stride(from: at, to: at + count, by: 2) {
                    sums[place / frame, default: 0] += abs(Int(samples[index]))
                    counts[place / frame, default: 0] += 1
                }
                at += count
            }
        }

        /// Frames that are loud enough, joined over pauses of at most 15, and of at least 5.
        var spans: [[Int64]] {
            var out: [[Int64]] = []
            for (frame, sum) in sums.sorted(by: { $0.key < $1.key }) where sum >= 130 * counts[frame, default: 0] {
                if let last = out.last, frame - last[1] <= 15 { out[out.count - 1][1] = frame + 1 } else { out.append([frame, frame + 1]) }
            }
            return out.filter { $0[1] - $0[0] >= 5 }
        }
    }

    @Test("packets of any size at any place are measured as sample by sample", arguments: [8000, 16_000, 48_000], 0..<8)
    func anySize(rate: Int, number: UInt64) {
        let seed = UInt64.random(in: 0 ... .max) &+ number
        var random = SeededRandom(seed: seed)
        var meter = TalkMeter(sampleRate: rate)
        var plain = Plain()
        var position = Int64.random(in: 0..<1000, using: &random)
        for _ in 0..<400 {
            // About the threshold, now below and now above.
            let level = Int16.random(in: 1...540, using: &random)
            var samples = (0..<Int.random(in: 0...500, using: &random)).map { _ in Int16.random(in: -level...level, using: &random) }
            // The one magnitude that 16 bits do not have.
            if Int.random(in: 0..<40, using: &random) == 0, !samples.isEmpty { samples[samples.count / 2] = .min }
            meter.add(samples.span, channels: 1, at: position)
            plain.add(samples, at: position, frame: Int64(rate / 50))
            position += Int64(samples.count)
            if Int.random(in: 0..<20, using: &random) == 0 { position += Int64.random(in: 1..<20_000, using: &random) }
        }
        let spans = meter.finish().map { [$0.from, $0.until] }
        #expect(spans == plain.spans, "seed \(seed)")
        #expect(!spans.isEmpty, "seed \(seed)")
    }
}

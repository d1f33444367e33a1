import MediaPlayout
import TestSupport
import Testing

@Suite struct PeakMeterTests {
    @Test("each 20 ms have their lowest and highest sample") func spans() {
        var meter = PeakMeter(sampleRate: 8000, channels: 1)
        var samples = [Int16](repeating: 0, count: 400)
        samples[10] = 32767
        samples[159] = -32768
        samples[160] = 256
        samples[399] = -512
        meter.add(samples.span)
        let (step, peaks) = meter.finish()
        #expect(step == 0.02)
        #expect(peaks == [-128, 127, 0, 1, -2, 0])
    }

    @Test("blocks of any size give the same shape") func blocks() {
        var source = SeededRandom(seed: 7)
        let samples = (0..<50_000).map { _ in Int16(truncatingIfNeeded: source.next()) }
        var whole = PeakMeter(sampleRate: 16_000, channels: 2)
        whole.add(samples.span)
        var parts = PeakMeter(sampleRate: 16_000, channels: 2)
        var at = 0
        while at < samples.count {
            let count = min(samples.count - at, Int(source.next() % 700))
            parts.add(samples.span.extracting(at..<at + count))
            at += count
        }
        let (one, two) = (whole.finish(), parts.finish())
        #expect(one.peaks == two.peaks && one.step == two.step, "seed 7")
    }

    @Test("each span has the extremes that its samples have", arguments: 0..<8) func plainly(number: UInt64) {
        let seed = UInt64.random(in: 0 ... .max) &+ number
        var random = SeededRandom(seed: seed)
        let rate = Int.random(in: 50...4000, using: &random)
        let samples = (0..<Int.random(in: 1...20_000, using: &random)).map { _ in
            Int16.random(in: .min ... .max, using: &random) >> Int16.random(in: 0...12, using: &random)
        }
        var meter = PeakMeter(sampleRate: rate, channels: 1)
        meter.add(samples.span)
        let (step, peaks) = meter.finish()
        let width = Int((step * Double(rate)).rounded())
        let expected = stride(from: 0, to: samples.count, by: width).flatMap { start -> [Int8] in
            let span = samples[start..<min(start + width, samples.count)]
            return [min(0, span.min() ?? 0), max(0, span.max() ?? 0)].map { Int8($0 >> 8) }
        }
        #expect(peaks == expected, "seed \(seed), rate \(rate)")
    }

    @Test("a day takes no more spans than a minute, and keeps every peak") func doubling() {
        var meter = PeakMeter(sampleRate: 8000, channels: 1)
        meter.add([Int16(25_600)].span)
        meter.addSilence(samples: 8000 * 86_400)
        meter.add([Int16(-25_600)].span)
        let (step, peaks) = meter.finish()
        #expect(peaks.count <= 4000 && peaks.count > 2000)
        #expect(peaks[1] == 100 && peaks[peaks.count - 2] == -100)
        #expect(peaks.count { $0 != 0 } == 2)
        #expect((86_400...(86_400 + step)).contains(Double(peaks.count / 2) * step))
    }

    @Test("nothing gives nothing") func empty() {
        var meter = PeakMeter(sampleRate: 48_000, channels: 2)
        #expect(meter.finish().peaks.isEmpty)
    }
}

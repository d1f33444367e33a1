import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

private struct Tape: TrackOutput {
    var samples: [Int16] = []
    var silences: [Int] = []
    var largest = 0
    var counts: [Int] = []

    mutating func append(_ span: Span<Int16>) {
        largest = max(largest, span.count)
        counts.append(span.count)
        for index in 0..<span.count { samples.append(span[index]) }
    }

    mutating func appendSilence(frames: Int) {
        silences.append(frames)
        samples += [Int16](repeating: 0, count: frames)
    }
}

private func place(_ track: inout TrackAssembler<Tape>, _ samples: [Int16], channels: Int = 1, at position: Int64) {
    track.place(samples.span, channels: channels, at: position)
}

/// Writes samples where they stay; false where the track wants to be given them.
private func fill(_ track: inout TrackAssembler<Tape>, _ samples: [Int16], channels: Int = 1, at position: Int64) -> Bool {
    track.place(frames: samples.count / channels, channels: channels, at: position) { room in
        for sample in samples { room.append(sample) }
    }
}

@Suite struct TrackTests {
    @Test func samplesAreMadeInPlaceWhereNothingIsInTheWay() {
        var track = TrackAssembler(output: Tape(), channels: 1, maximumFrames: 20, blockSamples: 8)
        #expect(fill(&track, [1, 2, 3], at: 2))
        #expect(!fill(&track, [7, 8, 9], at: 4), "partly taken")
        #expect(!fill(&track, [7, 8], channels: 2, at: 5), "other channels")
        #expect(!fill(&track, [Int16](repeating: 4, count: 9), at: 5), "longer than a block")
        #expect(!fill(&track, [1, 2], at: 19), "beyond the length")
        #expect(fill(&track, [4, 5, 6, 7], at: 5))
        #expect(fill(&track, [8], at: 19))
        #expect(track.end == 20)
        track.finish(totalFrames: 0)
        #expect(track.output.samples == [0, 0, 1, 2, 3, 4, 5, 6, 7] + [Int16](repeating: 0, count: 10) + [8])
        #expect(track.silentFrames == 12)
        #expect(track.trimmedFrames == 0 && track.refusedFrames == 0)
        var stereo = TrackAssembler(output: Tape(), channels: 2)
        #expect(fill(&stereo, [1, 2, 3, 4], channels: 2, at: 0))
        stereo.finish(totalFrames: 0)
        #expect(stereo.output.samples == [1, 2, 3, 4] && stereo.end == 2)
    }

    /// Whatever packets there are: a file's writes then end where pages do.
    @Test(arguments: [1, 7, 160, 1000]) func blocksAreWholeUntilTheEnd(packet: Int) {
        for channels in [1, 2] {
            var track = TrackAssembler(output: Tape(), channels: channels, blockSamples: 512)
            var expected: [Int16] = []
            for turn in 0..<40 {
                let samples = (0..<packet * channels).map { Int16(truncatingIfNeeded: turn * 1000 + $0) }
                let position = Int64(turn * packet)
                if turn % 2 == 0 || !fill(&track, samples, channels: channels, at: position) { place(&track, samples, channels: channels, at: position) }
                expected += samples
            }
            #expect(track.output.counts.allSatisfy { $0 > 0 && $0 % 512 == 0 })
            let before = track.output.counts.reduce(0, +)
            #expect(expected.count - before < 512, "no more than a block is held back")
            track.finish(totalFrames: 0)
            #expect(track.output.samples == expected)
        }
    }

    @Test func holesAreSilenceAndOverlapsAreTrimmed() {
        var track = TrackAssembler(output: Tape(), channels: 1)
        place(&track, [1, 2, 3], at: 2)
        place(&track, [7, 8, 9], at: 4)
        place(&track, [5], at: -3)
        place(&track, [6, 6], at: 0)
        track.finish(totalFrames: 9)
        #expect(track.output.samples == [0, 0, 1, 2, 3, 8, 9, 0, 0])
        #expect(track.trimmedFrames == 4)
        #expect(track.silentFrames == 4)
        #expect(track.end == 9)
    }

    @Test func longSilenceIsHandedOnAsANumber() {
        var track = TrackAssembler(output: Tape(), channels: 2)
        place(&track, [1], at: 1_000_000)
        track.finish(totalFrames: 2_000_000)
        #expect(track.output.silences == [1_000_000, 999_999])
        #expect(track.output.samples.count == 2_000_002 || track.output.samples.contains(1))
    }

    @Test func channelsAreConverted() {
        var mono = TrackAssembler(output: Tape(), channels: 1)
        place(&mono, [100, 200, -3, -4, 32767, 32767], channels: 2, at: 0)
        mono.finish(totalFrames: 0)
        #expect(mono.output.samples == [150, -4, 32767])
        var stereo = TrackAssembler(output: Tape(), channels: 2)
        place(&stereo, [5, 6], at: 0)
        place(&stereo, [1, 2, 3], channels: 3, at: 2)
        stereo.finish(totalFrames: 0)
        #expect(stereo.output.samples == [5, 5, 6, 6, 1, 2])
    }

    @Test func positionsBeyondTheLengthAreRefused() {
        var track = TrackAssembler(output: Tape(), channels: 1, maximumFrames: 100)
        place(&track, [1, 2], at: 99)
        place(&track, [1, 2], at: .max)
        place(&track, [1, 2], at: .min)
        place(&track, [1, 2], at: 98)
        track.finish(totalFrames: .max)
        #expect(track.output.samples.count == 100)
        #expect(track.refusedFrames == 4)
    }

    @Test func blocksAreBoundedWhateverComes() {
        var track = TrackAssembler(output: Tape(), channels: 1)
        for index in 0..<1000 { place(&track, [Int16](repeating: 9, count: 160), at: Int64(160 * index)) }
        track.finish(totalFrames: 160_000)
        #expect(track.output.samples == [Int16](repeating: 9, count: 160_000))
        // 64 KiB of samples, and the packet that filled them.
        #expect(track.output.largest < (32 << 10) + 160)
    }

    @Test func twoStreamsOfOneTrackFollowEachOther() {
        // The first stream ends within its hold time; advancing places it before the second claims later time.
        var first = Bench()
        first.run(0..<10)
        var second = Bench()
        first.playout.advance(to: Bench.time(700), into: &first.sink)
        #expect(first.sink.starts == Bench.expected(0..<10))
        second.run(0..<30, sequence: 700, timestamp: 5_000_000, at: 300)
        second.finish()
        first.finish()
        var track = TrackAssembler(output: Tape(), channels: 1)
        for run in first.sink.runs + second.sink.runs { place(&track, run.samples, at: run.position) }
        track.finish(totalFrames: 7200)
        #expect(track.output.samples.count == 7200)
        #expect(track.trimmedFrames == 0)
        #expect(track.silentFrames == 800)
        #expect(track.output.samples[1600..<2400].allSatisfy { $0 == 0 })
        #expect(track.output.samples[2400] == 700)
    }
}

@Suite struct ResamplingTests {
    @Test(arguments: [8000, 16000, 11025, 44100, 12000]) func soundKeepsItsPlaceAndLength(rate: Int) throws {
        let map = [PayloadType(96): CodecDescription(encoding: "L16", clockRate: try #require(ClockRate(rate)))]
        var bench = Bench(rate: 48000, map: map)
        // A slow triangle: after conversion the value at a moment must be what it was.
        let frames = rate / 50
        func value(_ index: Int) -> Int { abs((index * 40_000 / rate) % 4000 - 2000) * 4 }
        for packet in 0..<50 {
            let payload = (0..<frames).flatMap { offset -> [UInt8] in
                let sample = value(packet * frames + offset)
                return [UInt8(sample >> 8), UInt8(sample & 255)]
            }
            bench.push(packet, packet * frames, at: 20 * Double(packet), payload: payload)
        }
        bench.finish()
        var track: [Int16] = []
        for run in bench.sink.runs {
            #expect(run.position == Int64(track.count))
            track += run.samples
        }
        #expect(track.count == 48000 * 50 * frames / rate || track.count == 48000 * 50 * frames / rate + 1)
        for index in stride(from: 2400, to: track.count - 2400, by: 7) {
            let expected = value(index * rate / 48000)
            #expect(abs(Int(track[index]) - expected) < 60, "frame \(index)")
        }
    }

    @Test func constantStaysConstant() {
        var bench = Bench(rate: 48000)
        for index in 0..<50 { bench.push(index, 160 * index, at: 20 * Double(index), tag: 1000) }
        bench.finish()
        let track = bench.sink.runs.flatMap(\.samples)
        #expect(track.count == 48000)
        #expect(track[300..<47_700].allSatisfy { $0 == 1000 })
    }
}

import COpus
import Evidence
import Foundation
import MediaCodecs
import TestSupport
import Testing

/// The control call is variadic in C and not imported; with one integer argument the calling convention is that of an ordinary function.
@_silgen_name("opus_encoder_ctl")
private func encoderControl(_ encoder: OpaquePointer, _ request: Int32, _ value: Int32) -> Int32

private final class Encoder {
    let handle: OpaquePointer
    let channels: Int

    init(channels: Int, application: Int32 = OPUS_APPLICATION_VOIP, settings: [(Int32, Int32)] = []) throws {
        self.channels = channels
        handle = try #require(opus_encoder_create(48000, Int32(channels), application, nil))
        for (request, value) in settings { try #require(encoderControl(handle, request, value) == 0) }
    }

    deinit { opus_encoder_destroy(handle) }

    func encode(_ samples: [Int16]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 1500)
        let count = opus_encode(handle, samples, Int32(samples.count / channels), &out, 1500)
        return Array(out.prefix(max(0, Int(count))))
    }
}

private func tone(frames: Int, channels: [Double], from start: Int = 0) -> [Int16] {
    (start..<start + frames).flatMap { index in
        channels.map { hertz in
            let time = Double(index) / 48000
            // Harmonics and a slow swell, so that the encoder takes it for a voice.
            let swell = 0.6 + 0.4 * sin(2 * .pi * 3 * time)
            return Int16(swell * (6000 * sin(2 * .pi * hertz * time) + 3000 * sin(2 * .pi * 2 * hertz * time) + 1500 * sin(2 * .pi * 3 * hertz * time)))
        }
    }
}

/// Largest normalised correlation for delays up to 20 ms.
private func correlation(_ a: [Int16], _ b: [Int16]) -> Double {
    var best = 0.0
    for delay in stride(from: 0, to: 960, by: 4) {
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for index in 0..<min(a.count, b.count - delay) {
            let (x, y) = (Double(a[index]), Double(b[index + delay]))
            ab += x * y
            aa += x * x
            bb += y * y
        }
        if aa > 0, bb > 0 { best = max(best, ab / (aa * bb).squareRoot()) }
    }
    return best
}

private func makeDecoder(_ parameters: String? = nil) throws -> any AudioDecoder {
    try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "opus", clockRate: .opus, channels: 2, parameters: parameters)))
}

private func every(_ samples: [Int16], _ step: Int, from first: Int) -> [Int16] { stride(from: first, to: samples.count, by: step).map { samples[$0] } }

@Suite struct OpusTests {
    @Test func monoComesOutMonoThoughTheMapSaysTwo() throws {
        let encoder = try Encoder(channels: 1)
        let decoder = try makeDecoder()
        var input: [Int16] = []
        var out: [Int16] = []
        for index in 0..<25 {
            let block = tone(frames: 960, channels: [210], from: 960 * index)
            input += block
            let packet = encoder.encode(block)
            #expect(decoder.duration(octets: packet) == 960)
            #expect(decoder.decode(octets: packet, into: &out) == .frames(960))
        }
        #expect(decoder.channels == 1)
        #expect(out.count == input.count)
        #expect(correlation(Array(input[9600...]), Array(out[9600...])) > 0.9)
    }

    @Test func stereoIsRecognisedByItsPackets() throws {
        let encoder = try Encoder(channels: 2, application: OPUS_APPLICATION_AUDIO, settings: [(4002, 128_000), (4022, 2)])
        let decoder = try makeDecoder()
        var out: [Int16] = []
        var input: [Int16] = []
        for index in 0..<15 {
            let block = tone(frames: 960, channels: [200, 333], from: 960 * index)
            input += block
            let packet = encoder.encode(block)
            #expect(OpusPacket.isStereo(toc: packet[0]))
            #expect(decoder.decode(octets: packet, into: &out) == .frames(960))
        }
        #expect(decoder.channels == 2)
        #expect(out.count == input.count)
        let (left, right) = (every(out, 2, from: 9600), every(out, 2, from: 9601))
        #expect(correlation(every(input, 2, from: 9600), left) > 0.9)
        #expect(correlation(every(input, 2, from: 9601), right) > 0.9)
        #expect(correlation(left, right) < 0.8)
    }

    @Test func announcedStereoStartsWithTwoChannels() throws {
        #expect(try makeDecoder("sprop-stereo=1").channels == 2)
        #expect(try makeDecoder("stereo=1").channels == 1, "stereo is what the receiver prefers, not what is sent")
    }

    @Test func silenceUnderDTXIsDiscontinuousAndAppendsNothing() throws {
        let encoder = try Encoder(channels: 1, settings: [(4016, 1), (4002, 16_000)])
        let decoder = try makeDecoder()
        var out: [Int16] = []
        var results: [DecodeResult] = []
        for index in 0..<60 {
            let packet = encoder.encode(index < 10 ? tone(frames: 960, channels: [180], from: 960 * index) : [Int16](repeating: 0, count: 960))
            let before = out.count
            let result = decoder.decode(octets: packet, into: &out)
            if packet.count <= 2 {
                #expect(result == .discontinuous)
                #expect(out.count == before)
            }
            results.append(result)
        }
        #expect(results.contains(.discontinuous))
        #expect(results.first == .frames(960))
    }

    @Test(arguments: [(20_000, 1103), (36_000, 1105)])
    func redundancyGivesBackTheLostFrame(bitrate: Int, bandwidth: Int) throws {
        // In-band FEC, 40 % expected loss, speech, and the bandwidth that makes it SILK (wide) or hybrid (full).
        let encoder = try Encoder(
            channels: 1, settings: [(4012, 1), (4014, 40), (4024, 3001), (4002, Int32(bitrate)), (4008, Int32(bandwidth))])
        let packets = (0..<40).map { encoder.encode(tone(frames: 960, channels: [190], from: 960 * $0)) }
        let reference = try makeDecoder()
        var full: [Int16] = []
        for packet in packets { #expect(reference.decode(octets: packet, into: &full) == .frames(960)) }
        let lost = try #require(
            (20..<39).first { index in
                hasRedundancy(packets[index + 1])
            })
        let expectedMode: OpusPacket.Mode = bandwidth == 1103 ? .silk : .hybrid
        #expect(parse(packets[lost + 1])?.mode == expectedMode)
        let decoder = try makeDecoder()
        var out: [Int16] = []
        for packet in packets[..<lost] { _ = decoder.decode(octets: packet, into: &out) }
        #expect(decoder.recover(octets: packets[lost + 1], frames: 960, into: &out) == 960)
        #expect(out.count == 960 * (lost + 1))
        #expect(correlation(Array(full[(960 * lost)..<960 * (lost + 1)]), Array(out[(960 * lost)...]) + [Int16](repeating: 0, count: 960)) > 0.6)
        // A gap shorter than the copy is not filled.
        #expect(decoder.recover(octets: packets[lost + 1], frames: 480, into: &out) == 0)
    }

    @Test func noRedundancyMeansNothingIsRecovered() throws {
        let encoder = try Encoder(channels: 1)
        let decoder = try makeDecoder()
        var out: [Int16] = []
        for index in 0..<5 { _ = decoder.decode(encoder.encode(tone(frames: 960, channels: [190], from: 960 * index)).span.bytes, into: &out) }
        let before = out.count
        #expect(decoder.recover(from: encoder.encode(tone(frames: 960, channels: [190], from: 4800)).span.bytes, frames: 960, into: &out) == 0)
        #expect(out.count == before)
    }

    @Test(arguments: [1, 2]) func concealmentGoesOnFromTheLastSound(channels: Int) throws {
        let pitches = [Double](repeating: 190, count: channels)
        let encoder = try Encoder(channels: channels)
        let decoder = try makeDecoder(channels == 2 ? "sprop-stereo=1" : nil)
        var out: [Int16] = []
        #expect(decoder.conceal(frames: 960, into: &out) == 0, "nothing to go on from")
        for index in 0..<10 {
            _ = decoder.decode(octets: encoder.encode(tone(frames: 960, channels: pitches, from: 960 * index)), into: &out)
        }
        let before = out.count
        // In steps of 2.5 ms; the rest stays open.
        #expect(decoder.conceal(frames: 2 * 960 + 125, into: &out) == 2 * 960 + 120)
        #expect(out.count - before == (2 * 960 + 120) * decoder.channels)
        let made = every(Array(out[before..<before + 960 * decoder.channels]), decoder.channels, from: 0)
        #expect(correlation(made, tone(frames: 2 * 960, channels: [190], from: 8640)) > 0.7)
        // The stream goes on as if nothing had been asked.
        #expect(decoder.decode(octets: encoder.encode(tone(frames: 960, channels: pitches, from: 9600)), into: &out) == .frames(960))
    }

    @Test func framingAgreesWithTheLibraryOnRandomPackets() throws {
        var random = SeededRandom(seed: 0x0905)
        // One expectation for all rounds: each costs more than a round.
        var failures: [[UInt8]] = []
        for _ in 0..<20_000 {
            let packet = random.bytes(1 + Int(random.next() % 40))
            let ours = parse(packet)
            var sizes = [Int16](repeating: 0, count: 48)
            var toc: UInt8 = 0
            let count = opus_packet_parse(packet, Int32(packet.count), &toc, nil, &sizes, nil)
            let valid = count > 0 && opus_packet_get_nb_samples(packet, Int32(packet.count), 48000) > 0
            guard let ours, valid else {
                if (ours != nil) != valid { failures.append(packet) }
                continue
            }
            let agrees =
                ours.frameCount == Int(count) && ours.firstFrame.count == Int(sizes[0])
                && ours.longestFrame == sizes.prefix(Int(count)).map(Int.init).max()
                && ours.samples == Int(opus_packet_get_nb_samples(packet, Int32(packet.count), 48000))
            if !agrees { failures.append(packet) }
        }
        #expect(failures.isEmpty, "seed \(random.seed)")
    }

    @Test func hostilePayloadsNeverTrapAndStayBounded() throws {
        var random = SeededRandom(seed: 77)
        let decoder = try makeDecoder()
        var out: [Int16] = []
        var failures: [Int] = []
        for round in 0..<3000 {
            let packet = random.bytes(Int(random.next() % 120))
            out.removeAll(keepingCapacity: true)
            if round % 3 == 0 { _ = decoder.recover(octets: packet, frames: 960, into: &out) }
            let before = out.count
            let result = decoder.decode(octets: packet, into: &out)
            let made: Int
            if case .frames(let frames) = result { made = frames * decoder.channels } else { made = 0 }
            if out.count - before != made || made > 5760 * 2 { failures.append(round) }
        }
        #expect(failures.isEmpty, "rounds of seed \(random.seed)")
    }
}

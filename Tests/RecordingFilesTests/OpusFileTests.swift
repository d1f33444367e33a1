import CSndfile
import Evidence
import RecordingRecords
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingFiles
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRender

/// Ogg Opus as other programs read it; libsndfile decodes by libopus and checks every page.
@Suite struct OpusFileTests {
    private static let description = AudioDescription(
        description: "Zoë", originator: "siprecap", originatorReference: "00112233aabbccdd", start: CaptureTime(nanoseconds: 1_000_000_000),
        codingHistory: ["A=OPUS,F=48000,M=mono,T=RTP"])

    private static func encode(_ folder: TemporaryFolder, _ name: String, rate: Int = 8000, _ body: (OpusEncodingWriter) throws -> Void) throws -> WrittenFile {
        let writer = try OpusEncodingWriter(
            path: "audio/x.opus", file: try StagedFile(path: folder[name]), sampleRate: rate, channels: 1, description: description, onFinish: { _ in })
        try body(writer)
        return try writer.finish()
    }

    private static func decode(_ path: String) throws -> (rate: Int32, samples: [Int16]) {
        var info = SF_INFO()
        let sound = try #require(sf_open(path, Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        #expect(info.format == Int32(SF_FORMAT_OGG | SF_FORMAT_OPUS))
        var samples = [Int16](repeating: 0, count: 48_000 * 200)
        let count = Int(sf_read_short(sound, &samples, sf_count_t(samples.count)))
        return (info.samplerate, Array(samples.prefix(count)))
    }

    /// Half a second of nothing, then a loud rectangle of 400 Hz.
    private static func tone(rate: Int, seconds: Double) -> [Int16] {
        (0..<Int(seconds * Double(rate))).map { $0 < rate / 2 ? 0 : ($0 * 800 / rate) % 2 == 0 ? 9000 : -9000 }
    }

    @Test(arguments: [8000, 12_000, 16_000, 24_000, 48_000])
    func lengthIsExactAndSoundStaysInItsPlace(rate: Int) throws {
        let folder = try TemporaryFolder()
        let samples = Self.tone(rate: rate, seconds: 1.2345)
        let file = try Self.encode(folder, "a", rate: rate) { try $0.append(samples, count: samples.count) }
        let (decodedRate, decoded) = try Self.decode(folder["a"])
        #expect(file.frames == Int64(samples.count * (48_000 / rate)))
        #expect(decoded.count == samples.count * Int(decodedRate) / rate)
        let onset = try #require(decoded.firstIndex { $0.magnitude > 3000 })
        #expect(abs(Double(onset) / Double(decodedRate) - 0.5) < 0.005, "\(onset)")
    }

    @Test func octetsDependOnTheSamplesAloneNotOnTheirPortions() throws {
        let folder = try TemporaryFolder()
        let samples = Self.tone(rate: 8000, seconds: 1) + [Int16](repeating: 0, count: 24_000) + Self.tone(rate: 8000, seconds: 1)
        let whole = try Self.encode(folder, "a") { try $0.append(samples, count: samples.count) }
        let parts = try Self.encode(folder, "b") { writer in
            try writer.append(samples, count: 8000)
            try writer.appendSilence(frames: 24_000)
            for start in stride(from: 32_000, to: samples.count, by: 333) {
                let part = Array(samples[start..<min(samples.count, start + 333)])
                try writer.append(part, count: part.count)
            }
        }
        #expect(whole == parts)
        // The silence costs next to nothing, and what comes after it is there.
        let (_, decoded) = try Self.decode(folder["a"])
        try #require(decoded.count == samples.count, "libsndfile decodes to the rate that was encoded")
        #expect(decoded[10_000..<31_500].allSatisfy { $0.magnitude < 40 })
        #expect(decoded[36_500...].contains { $0.magnitude > 3000 })
    }

    @Test func packetsThatAreThereComeBackAndTheEndIsTrimmed() throws {
        let folder = try TemporaryFolder()
        let writer = OpusPacketWriter(
            path: "audio/y.opus", file: try StagedFile(path: folder["y"]), channels: 1, lead: 100, inputRate: 48_000, description: Self.description,
            onFinish: { _ in })
        // 65 s, so that there are many pages; a packet of 1275 octets has six segments.
        for number in 0..<3250 {
            let packet = number == 7 ? [0xF8] + [UInt8](repeating: 3, count: 1275) : OpusSilence.packet(size: 3, isStereo: false)
            try writer.append(packet, frames: 960)
        }
        let file = try writer.finish(frames: 3_119_000)
        #expect(file.frames == 3_119_000)
        let (_, decoded) = try Self.decode(folder["y"])
        #expect(decoded.count == 3_119_000)
        #expect(decoded[..<5000].allSatisfy { $0 == 0 } && decoded[10_000...].allSatisfy { $0.magnitude <= 1 })
    }

    @Test func silentFramesOfEveryLengthDecodeToZeros() throws {
        let folder = try TemporaryFolder()
        let writer = OpusPacketWriter(
            path: "audio/z.opus", file: try StagedFile(path: folder["z"]), channels: 2, lead: 0, inputRate: 48_000, description: Self.description,
            onFinish: { _ in })
        for size in [0, 1, 2, 3, 2, 1, 0] { try writer.append(OpusSilence.packet(size: size, isStereo: true), frames: OpusSilence.frames(size: size)) }
        let total = Int64([0, 1, 2, 3, 2, 1, 0].reduce(0) { $0 + OpusSilence.frames(size: $1) })
        #expect(try writer.finish(frames: total).frames == total)
        let (_, decoded) = try Self.decode(folder["z"])
        #expect(decoded.count == Int(total) * 2 && decoded.allSatisfy { $0 == 0 })
    }
}

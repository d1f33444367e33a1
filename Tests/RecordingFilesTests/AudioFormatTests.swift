import CSndfile
import Evidence
import RecordingRecords
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct AudioFormatTests {
    private static let samples = (0..<5000).map { Int16(truncatingIfNeeded: $0 &* 7919) }

    /// Format as libsndfile reads it back, and the samples.
    private static func roundTrip(_ name: String, largeFrom: Double) throws -> (format: Int32, samples: [Int16]) {
        let folder = try TemporaryFolder()
        var description = AudioDescription(
            description: "Henry", originator: "siprecap", originatorReference: "1", start: CaptureTime(nanoseconds: 0), codingHistory: ["A=G711u"])
        description.expectedSeconds = 1
        let file = try StagedFile(path: folder[name])
        let writer: any AudioWriter =
            name.hasSuffix(".flac")
            ? try FLACWriter(path: name, file: file, sampleRate: 8000, channels: 1, description: description, onFinish: { _ in })
            : try WaveWriter(path: name, file: file, sampleRate: 8000, channels: 1, description: description, largeFrom: largeFrom, onFinish: { _ in })
        try writer.append(samples, count: samples.count)
        #expect(try writer.finish().frames == 5000)
        var info = SF_INFO()
        let sound = try #require(sf_open(folder[name], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        var read = [Int16](repeating: 0, count: samples.count + 1)
        let count = Int(sf_read_short(sound, &read, sf_count_t(read.count)))
        return (info.format, Array(read.prefix(count)))
    }

    @Test(arguments: [
        ("a.wav", 16_001.0, SF_FORMAT_WAV), ("a.wav", 16_000, SF_FORMAT_RF64), ("a.flac", 16_000, SF_FORMAT_FLAC),
    ])
    func samplesComeBackFromEveryFormat(name: String, largeFrom: Double, format: Int) throws {
        let (read, samples) = try Self.roundTrip(name, largeFrom: largeFrom)
        #expect(read & 0x0FFF_0000 == Int32(format))
        let isEqual = samples == Self.samples
        #expect(isEqual)
    }
}

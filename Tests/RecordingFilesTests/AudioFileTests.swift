import CSndfile
import Evidence
import Glibc
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct AudioFileTests {
    /// 2026-11-22T21:11:31.25Z.
    private static let start = CaptureTime(nanoseconds: 1_795_381_891_250_000_000)

    private static let description = AudioDescription(
        description: "Henry Nakamura. Times are UTC.", originator: "siprecap 0.1.0", originatorReference: "00112233aabbccdd", start: start,
        codingHistory: ["A=G711u,F=8000,W=8,M=mono,T=RTP PT0 0x1234abcd"])

    /// Writes one recording with one file, and returns its place.
    private static func write(
        _ folder: TemporaryFolder, to name: String = "out", rate: Int = 8000, channels: Int = 1, _ body: (any AudioWriter) throws -> Void
    ) throws -> WrittenFile {
        let output = try OutputFolder.prepare(path: folder[name])
        let recording = try output.begin(folder: "recordings/a")
        let audio = try recording.openAudio(path: "audio/x.wav", sampleRate: rate, channels: channels, description: description)
        try body(audio)
        let file = try audio.finish()
        try recording.finish()
        return file
    }

    @Test func libsndfileReadsBackWhatWasWritten() throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 1)
        let samples = (0..<50_001).map { _ in Int16.random(in: .min ... .max, using: &random) }
        let file = try Self.write(folder) { audio in
            for start in stride(from: 0, to: samples.count, by: 160) {
                let part = Array(samples[start..<min(start + 160, samples.count)])
                try audio.append(part + [9, 9], count: part.count)
            }
        }
        var info = SF_INFO()
        let sound = try #require(sf_open(folder["out/recordings/a/audio/x.wav"], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        #expect(info.format == Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16))
        #expect(info.samplerate == 8000 && info.channels == 1 && info.frames == 50_001)
        var read = [Int16](repeating: 0, count: samples.count)
        #expect(sf_read_short(sound, &read, sf_count_t(read.count)) == sf_count_t(read.count))
        let isEqual = read == samples
        #expect(isEqual)
        #expect(file.frames == 50_001 && file.path == "audio/x.wav")
        let octets = try folder.octets("out/recordings/a/audio/x.wav")
        #expect(file.bytes == octets.count && file.sha256 == SHA256.of(octets))
        #expect(try folder.permissions("out/recordings/a/audio/x.wav") == 0o600)
        for name in ["out", "out/recordings", "out/recordings/a", "out/recordings/a/audio"] { #expect(try folder.permissions(name) == 0o700) }
    }

    @Test func broadcastChunkHoldsTimeAndOrigin() throws {
        let folder = try TemporaryFolder()
        _ = try Self.write(folder) { try $0.append([1, 2, 3, 4], count: 4) }
        var info = SF_INFO()
        let sound = try #require(sf_open(folder["out/recordings/a/audio/x.wav"], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        var chunk = SF_BROADCAST_INFO()
        #expect(sf_command(sound, Int32(SFC_GET_BROADCAST_INFO), &chunk, Int32(MemoryLayout<SF_BROADCAST_INFO>.size)) == Int32(SF_TRUE))
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        #expect(text(chunk.description) == "Henry Nakamura. Times are UTC.")
        #expect(text(chunk.originator) == "siprecap 0.1.0")
        #expect(text(chunk.originator_reference) == "00112233aabbccdd")
        #expect(text(chunk.origination_date) == "2026-11-22")
        #expect(text(chunk.origination_time) == "21:11:31")
        // 21:11:31.25 is 76,291.25 s after midnight.
        #expect(chunk.time_reference_low == 610_330_000 && chunk.time_reference_high == 0)
        let history = text(chunk.coding_history)
        #expect(history == "A=G711u,F=8000,W=8,M=mono,T=RTP PT0 0x1234abcd\r\nA=PCM,F=8000,W=16,M=mono,T=siprecap 0.1.0\r\n", "\(history)")
    }

    @Test func sameSamplesGiveSameOctets() throws {
        let folder = try TemporaryFolder()
        for name in ["one", "two"] {
            _ = try Self.write(folder, to: name, rate: 16_000, channels: 2) { audio in
                try audio.append([1, -1, 2, -2], count: 4)
                try audio.appendSilence(frames: 1000)
                // Writing time must not show.
                if name == "two" { usleep(1_100_000) }
                try audio.append([3, -3], count: 2)
            }
        }
        let one = try folder.octets("one/recordings/a/audio/x.wav")
        #expect(try one == folder.octets("two/recordings/a/audio/x.wav"))
        #expect(!String(decoding: one, as: UTF8.self).contains("PEAK"))
        #expect(one.suffix(4) == [3, 0, 0xFD, 0xFF])
    }

    @Test func theHeaderIsThatOfAPlainWaveFile() throws {
        let folder = try TemporaryFolder()
        _ = try Self.write(folder) { try $0.append([0x0102, 0x0304, 5], count: 3) }
        let octets = try folder.octets("out/recordings/a/audio/x.wav")
        func little(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(octets[at + $1]) << (8 * $1) } }
        #expect(octets.prefix(4).elementsEqual("RIFF".utf8) && little(4) == octets.count - 8)
        var chunks: [String: Int] = [:]
        var at = 12
        while at + 8 <= octets.count {
            chunks[String(decoding: octets[at..<at + 4], as: UTF8.self)] = at
            at += 8 + little(at + 4) + little(at + 4) % 2
        }
        #expect(Set(chunks.keys) == ["fmt ", "bext", "iXML", "data"])
        let format = try #require(chunks["fmt "])
        #expect(little(format + 4) == 16 && octets[format + 8] == 1, "not plain PCM")
        let data = try #require(chunks["data"])
        #expect(little(data + 4) == 6)
        #expect(octets[(data + 8)...].elementsEqual([2, 1, 4, 3, 5, 0]))
    }

    @Test func longSilenceIsWholeAndTakesLittleRoom() throws {
        let folder = try TemporaryFolder()
        let file = try Self.write(folder) { audio in
            try audio.append([7], count: 1)
            try audio.appendSilence(frames: 6_000_000)
        }
        #expect(file.frames == 6_000_001)
        var status = stat()
        #expect(stat(folder["out/recordings/a/audio/x.wav"], &status) == 0)
        #expect(Int(status.st_size) == file.bytes && file.bytes > 12_000_000 && Int(status.st_blocks) * 512 < 1_000_000)
        var info = SF_INFO()
        let sound = try #require(sf_open(folder["out/recordings/a/audio/x.wav"], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        #expect(info.frames == 6_000_001)
        #expect(sf_seek(sound, 6_000_000, SEEK_SET) == 6_000_000)
        var sample: Int16 = 5
        #expect(sf_read_short(sound, &sample, 1) == 1 && sample == 0)
    }

    /// 4.4 GB of samples, nearly all of them holes of the file; `make test-large`, as the hash alone takes seconds.
    @Test(.enabled(if: getenv("SIPRECAP_LARGE_FILES") != nil)) func beyondFourGigabytesNothingIsLost() throws {
        let folder = try TemporaryFolder()
        var description = Self.description
        description.expectedSeconds = 2_200_000_000 / 8000
        let writer = try WaveWriter(
            path: "x.wav", file: try StagedFile(path: folder["x.wav"]), sampleRate: 8000, channels: 1, description: description, onFinish: { _ in })
        try writer.append([7], count: 1)
        try writer.appendSilence(frames: 2_200_000_000)
        try writer.append([8, 9], count: 2)
        let file = try writer.finish()
        #expect(file.frames == 2_200_000_003 && file.bytes > Int(UInt32.max))
        var info = SF_INFO()
        let sound = try #require(sf_open(folder["x.wav"], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        #expect(info.format == Int32(SF_FORMAT_RF64 | SF_FORMAT_PCM_16) && info.frames == 2_200_000_003)
        #expect(sf_seek(sound, 2_200_000_001, SEEK_SET) == 2_200_000_001)
        var samples: [Int16] = [0, 0]
        #expect(sf_read_short(sound, &samples, 2) == 2 && samples == [8, 9])
    }

    @Test func anEmptyFileIsStillAWaveFile() throws {
        let folder = try TemporaryFolder()
        let file = try Self.write(folder) { _ in }
        #expect(file.frames == 0 && file.bytes > 600)
    }

    @Test func twoThousandFilesNeedFewDescriptors() throws {
        let folder = try TemporaryFolder()
        var before = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before) == 0)
        var low = before
        low.rlim_cur = 256
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &low) == 0)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before) }
        let output = try OutputFolder.prepare(path: folder["out"])
        var writers: [(recording: any RecordingWriter, audio: any AudioWriter)] = []
        for number in 0..<2000 {
            let recording = try output.begin(folder: "recordings/r\(number)")
            writers.append((recording, try recording.openAudio(path: "audio/a.wav", sampleRate: 8000, channels: 1, description: Self.description)))
        }
        for round in 0..<3 {
            for (number, writer) in writers.enumerated() {
                let samples = [Int16](repeating: Int16(number), count: 800)
                try writer.audio.append(samples, count: 800)
                if round == 1, number % 100 == 0 { for _ in 0..<30 { try writer.audio.append(samples, count: 800) } }
            }
        }
        for (number, writer) in writers.enumerated() {
            let file = try writer.audio.finish()
            #expect(file.frames == (number % 100 == 0 ? 33 * 800 : 2400))
            try writer.recording.finish()
        }
        #expect(try folder.names("out/recordings").count == 2000)
    }

    @Test func wrongCallsAreRefused() throws {
        let folder = try TemporaryFolder()
        _ = try Self.write(folder, channels: 2) { audio in
            #expect(throws: OutputFault.self) { try audio.append([1, 2, 3], count: 3) }
            #expect(throws: OutputFault.self) { try audio.append([1], count: 2) }
        }
        let output = try OutputFolder.prepare(path: folder["other"])
        let recording = try output.begin(folder: "recordings/a")
        for (rate, channels) in [(0, 1), (8000, 0), (-1, 1), (8000, 5000)] {
            #expect(throws: OutputFault.self) {
                _ = try recording.openAudio(path: "r\(rate)c\(channels).wav", sampleRate: rate, channels: channels, description: Self.description)
            }
        }
    }

    @Test func hostileDescriptionsStayInTheirFields() throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "é\r\n\0", count: 20_000)
        let description = AudioDescription(
            description: long, originator: long, originatorReference: long, start: .distantPast, codingHistory: Array(repeating: long, count: 200))
        let output = try OutputFolder.prepare(path: folder["out"])
        let recording = try output.begin(folder: "recordings/a")
        let audio = try recording.openAudio(path: "x.wav", sampleRate: 48_000, channels: 1, description: description)
        try audio.append([1], count: 1)
        #expect(try audio.finish().bytes < 20_000)
    }

    @Test(
        arguments: [
            (0, 8000, 0), (1_000_000_000, 8000, 8000), (-1, 8000, 691_199_999), (86_399_999_999_999, 48_000, 4_147_199_999), (62_500, 16_000, 1),
            (62_499, 16_000, 0),
        ] as [(Int64, Int, UInt64)])
    func timeReferenceCountsSamplesSinceMidnight(nanoseconds: Int64, rate: Int, expected: UInt64) {
        let description = AudioDescription(description: "", originator: "", originatorReference: "", start: CaptureTime(nanoseconds: nanoseconds))
        #expect(description.timeReference(sampleRate: rate) == expected)
    }
}

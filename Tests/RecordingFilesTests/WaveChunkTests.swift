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

@Suite struct WaveChunkTests {
    private static func description(channelNames: [String] = []) -> AudioDescription {
        var description = AudioDescription(
            description: "Zoë <&> O'Neil", originator: "siprecap", originatorReference: "00112233aabbccdd",
            start: CaptureTime(nanoseconds: 1_795_381_891_250_000_000), codingHistory: ["A=PCMU,F=8000,M=mono,T=RTP"])
        description.channelNames = channelNames
        return description
    }

    /// Chunks by name with their content, of a RIFF or RF64 file.
    private static func chunks(_ octets: [UInt8]) throws -> [String: [UInt8]] {
        func little(_ at: Int, _ count: Int = 4) -> Int { (0..<count).reduce(0) { $0 | Int(octets[at + $1]) << (8 * $1) } }
        var out: [String: [UInt8]] = [:]
        var at = 12
        while at + 8 <= octets.count {
            let name = String(decoding: octets[at..<at + 4], as: UTF8.self)
            var length = little(at + 4)
            if name == "data", length == 0xFFFF_FFFF, out["ds64"] != nil { length = little(20 + 8, 8) }
            try #require(at + 8 + length <= octets.count, "\(name) is longer than the file")
            out[name] = Array(octets[at + 8..<at + 8 + length])
            at += 8 + length + length % 2
        }
        return out
    }

    @Test(arguments: [NativeCoding.muLaw, .aLaw])
    func g711StandsInTheFileAsItCame(coding: NativeCoding) throws {
        let folder = try TemporaryFolder()
        let octets = (0..<1001).map { UInt8(truncatingIfNeeded: $0) }
        let writer = try WaveWriter(
            path: "x.wav", file: try StagedFile(path: folder["x.wav"]), sampleRate: 8000, channels: 1, description: Self.description(), companding: coding,
            onFinish: { _ in })
        try writer.append(Array(octets[..<500]), frames: 500)
        try writer.append(Array(octets[500...]), frames: 501)
        #expect(try writer.finish(frames: 1001).frames == 1001)
        let chunks = try Self.chunks(try folder.octets("x.wav"))
        #expect(chunks["data"] == octets)
        #expect(chunks["fmt "]?.first == (coding == .muLaw ? 7 : 6))
        // Every one of the 256 codes decodes as the recommendation has it.
        var info = SF_INFO()
        let sound = try #require(sf_open(folder["x.wav"], Int32(SFM_READ), &info))
        defer { sf_close(sound) }
        var samples = [Int16](repeating: 0, count: 1001)
        #expect(info.frames == 1001 && sf_read_short(sound, &samples, 1001) == 1001)
        if coding == .muLaw { #expect(samples == octets.map(ToneSource.linear)) }
        // Nothing was coded anew, so the history ends with what came.
        let history = String(decoding: try #require(chunks["bext"])[602...].prefix { $0 != 0 }, as: UTF8.self)
        #expect(history == "A=PCMU,F=8000,M=mono,T=RTP\r\n")
    }

    /// The head that was written first and given its sizes at the end is the one that the library writes.
    @Test(arguments: [(8000, 1, 0), (8000, 1, 1), (16000, 2, 48_001), (48000, 6, 123_457), (8000, 1, 20_000_000)])
    func theHeadIsTheLibrarysOwn(rate: Int, channels: Int, frames: Int) throws {
        let folder = try TemporaryFolder()
        let description = Self.description(channelNames: (0..<channels).map { "channel \($0)" })
        let file = try StagedFile(path: folder["x.wav"])
        let writer = try WaveWriter(path: "x.wav", file: file, sampleRate: rate, channels: channels, description: description, onFinish: { _ in })
        try writer.appendSilence(frames: Int64(frames))
        _ = try writer.finish()
        let sound = frames * channels * 2
        let format = WaveFrame.Format(sampleRate: rate, channels: channels, companding: nil, isLarge: false)
        let mode = channels == 1 ? "mono" : channels == 2 ? "stereo" : "multitrack"
        let frame = try #require(
            WaveFrame(
                format,
                chunks: [
                    ("bext", BroadcastChunk.octets(description, sampleRate: rate, last: "A=PCM,F=\(rate),W=16,M=\(mode),T=siprecap")),
                    ("iXML", ProductionChunk.octets(description, sampleRate: rate, channels: channels)),
                ], soundOctets: Int64(sound)))
        let octets = try folder.octets("x.wav")
        #expect(Array(octets.prefix(frame.head.count)) == frame.head)
        #expect(frame.tail.isEmpty && octets.count == frame.head.count + sound)
        let written = try SHA256.of(file: folder["x.wav"])
        #expect(written.bytes == octets.count && written.sha256 == SHA256.of(octets))
    }

    /// 256 KiB are no whole number of frames of three channels.
    @Test(arguments: [0, .infinity] as [Double])
    func threeChannelsMayBeLong(largeFrom: Double) throws {
        let folder = try TemporaryFolder()
        let file = try StagedFile(path: folder["x.wav"])
        var description = Self.description(channelNames: ["a", "b", "c"])
        description.expectedSeconds = 1
        let writer = try WaveWriter(
            path: "x.wav", file: file, sampleRate: 8000, channels: 3, description: description, largeFrom: largeFrom, onFinish: { _ in })
        try writer.appendSilence(frames: 100_001)
        #expect(try writer.finish().frames == 100_001)
        #expect(try Self.chunks(try folder.octets("x.wav"))["data"]?.count == 600_006)
    }

    @Test("a call captured at micro- and at nanoseconds gives the same file")
    func startsToTheMicrosecond() throws {
        let folder = try TemporaryFolder()
        for (name, start) in [("micro.wav", Int64(1_795_381_891_250_786_000)), ("nano.wav", 1_795_381_891_250_786_649)] {
            let description = AudioDescription(
                description: "Ann", originator: "siprecap", originatorReference: "1", start: CaptureTime(nanoseconds: start))
            let writer = try WaveWriter(
                path: name, file: try StagedFile(path: folder[name]), sampleRate: 8000, channels: 1, description: description,
                onFinish: { _ in })
            try writer.append([1, 2, 3], count: 3)
            _ = try writer.finish()
        }
        #expect(try folder.octets("micro.wav") == folder.octets("nano.wav"))
        let text = String(decoding: try #require(try Self.chunks(folder.octets("nano.wav"))["iXML"]), as: UTF8.self)
        #expect(text.contains("first sample 2026-11-22T21:11:31.250786Z"))
    }

    @Test(arguments: [false, true])
    func descriptionsStandBeforeTheSamples(isLarge: Bool) throws {
        let folder = try TemporaryFolder()
        let description = Self.description(channelNames: ["Zoë <&> O'Neil", "Bob"])
        let writer = try WaveWriter(
            path: "x.wav", file: try StagedFile(path: folder["x.wav"]), sampleRate: 8000, channels: 2, description: description, largeFrom: isLarge ? 0 : 1e12,
            onFinish: { _ in })
        try writer.append([1, 2, 3, 4], count: 4)
        _ = try writer.finish()
        let octets = try folder.octets("x.wav")
        #expect(octets.prefix(4).elementsEqual((isLarge ? "RF64" : "RIFF").utf8))
        let chunks = try Self.chunks(octets)
        #expect(chunks["data"] == [1, 0, 2, 0, 3, 0, 4, 0])
        let broadcast = try #require(chunks["bext"])
        let reference = broadcast[338..<346].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        // 21:11:31.25 UTC.
        #expect(reference == (21 * 3600 + 11 * 60 + 31) * 8000 + 2000)
        #expect(Array(broadcast[346..<348]) == [1, 0] && broadcast[348..<602].allSatisfy { $0 == 0 }, "version 1 without UMID")
        let text = String(decoding: try #require(chunks["iXML"]), as: UTF8.self)
        #expect(text.trailingLines("</BWFXML>"))
        #expect(text.contains("<NAME>Zoë &lt;&amp;&gt; O'Neil</NAME>") && text.contains("<NAME>Bob</NAME>"))
        #expect(text.contains("<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>\(reference)</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"))
        #expect(text.contains("2026-11-22T21:11:31.250000Z"))
    }

    @Test func samplesAreReadAgainAndGoWithTheStore() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try SampleFile(path: folder["s"])
            try store.appendSilence(samples: 100_000)
            try store.append([1, -2, 3].span)
            var out: [Int16] = [9]
            try store.read(10, from: 99_998, into: &out)
            #expect(out == [9, 0, 0, 1, -2, 3])
            try store.read(10, from: 100_003, into: &out)
            #expect(out.count == 6)
        }
        #expect(try folder.names("") == [])
    }
}

extension String {
    /// Whether nothing but line ends follows `tag`.
    fileprivate func trailingLines(_ tag: String) -> Bool {
        var text = self[...]
        while text.hasSuffix("\n") { text = text.dropLast() }
        return text.hasSuffix(tag)
    }
}

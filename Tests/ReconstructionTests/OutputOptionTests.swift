import Evidence
import Glibc
import MediaCodecs
import RecordingRecords
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRender

/// What `--native`, `--timeline`, `--mix`, `--channels` and `--layout` make of one and the same session.
struct OutputOptionTests {
    private typealias Session = SessionScript

    private static func run(_ script: CaptureScript = Session.plain(), _ change: (inout ReconstructionOptions) -> Void) async throws -> MemoryRecording {
        var options = ReconstructionOptions()
        change(&options)
        return try await Reconstructed.run(script.pcap(), options: options).only
    }

    // MARK: kept as it came

    @Test func g711IsKeptOctetByOctet() async throws {
        let recording = try await Self.run(Session.plain(lost: [40, 41])) { $0.keepsNative = true }
        let ann = try #require(recording.coded["audio/ann.wav"])
        let octets = (0..<40).flatMap { Session.ann.payload($0) } + [UInt8](repeating: 0xFF, count: 320) + (42..<100).flatMap { Session.ann.payload($0) }
        #expect(ann.coding == .muLaw && ann.frames == 16_000)
        let isEqual = ann.parts.flatMap(\.self) == octets
        #expect(isEqual)
        let bob = try #require(recording.coded["audio/bob.wav"])
        #expect(bob.parts.flatMap(\.self).prefix(800).allSatisfy { $0 == 0xFF })
        #expect(bob.frames == 16_000)
        #expect(recording.audio.isEmpty)
        let file = try #require(try recording.sidecar.files.first { $0.path == "audio/ann.wav" })
        #expect(file.native == FileRecord.Native(kept: true, encoding: "PCMU"))
        #expect(file.frames == 16_000 && file.sampleRate == 8000)
    }

    @Test func keysToSilenceMakeSamplesOfIt() async throws {
        let recording = try await Self.run {
            $0.keepsNative = true
            $0.redactions = [.dtmf]
        }
        #expect(recording.coded.isEmpty && recording.audio.count == 2)
        #expect(try recording.sidecar.files.compactMap(\.native?.kept) == [false, false])
        #expect(try recording.sidecar.files.compactMap(\.native?.reason).count == 2)
    }

    @Test(arguments: [
        (["PCMU"], 1, "PCMU"), (["PCMA", "PCMA"], 1, "PCMA"), (["OPUS"], 2, "OPUS"), (["PCMU", "PCMA"], 1, nil), (["G729"], 1, nil), (["PCMU"], 2, nil),
    ])
    func oneCodingThatAFileKnowsIsKept(names: [String], channels: Int, kept: String?) {
        let codecs = names.map { CodecDescription(encoding: $0, clockRate: .narrowband) }
        switch NativePlanner.coding(codecs, channels: channels) {
        case .success(let coding): #expect(coding.encoding == kept)
        case .failure(let objection): #expect(kept == nil && !objection.words.isEmpty)
        }
    }

    /// An Opus packet of 20 ms: any octets after the TOC decode.
    private static func opus(_ number: Int) -> [UInt8] { [0xF8, UInt8(number & 255), 0x55] + [UInt8](repeating: UInt8(number * 7 & 255), count: 20) }

    /// Packets `numbers`, 20 ms each, of Ann, whose payload type 0 the user calls Opus.
    private static func opusSession(_ numbers: [Int]) -> CaptureScript {
        var session = SessionScript()
        session.open()
        for number in numbers {
            let header: [UInt8] = [0x80, 0] + CaptureScript.be16(number) + CaptureScript.be32(UInt32(number * 960)) + CaptureScript.be32(9)
            session.script.datagram(500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, header + opus(number))
        }
        session.sip.close(3_000_000, into: &session.script)
        return session.script
    }

    @Test func opusPacketsAreKeptAndGapsAreSilentPackets() async throws {
        let numbers = Array(0..<30) + Array(35..<60)
        let rule = try DecodeRule(parsing: "udp.port==6000,rtp:0=OPUS/48000/2")
        let recording = try await Self.run(Self.opusSession(numbers)) {
            $0.keepsNative = true
            $0.decodeAs = [rule]
        }
        let file = try #require(recording.coded["audio/ann.opus"])
        #expect(file.coding == .opus && file.lead == 0 && file.frames == 60 * 960)
        let silent = OpusSilence.packet(size: 3, isStereo: false)
        let expected = (0..<30).map(Self.opus) + Array(repeating: silent, count: 5) + (35..<60).map(Self.opus)
        let isEqual = file.parts == expected
        #expect(isEqual)
        #expect(file.partFrames.allSatisfy { $0 == 960 })
        #expect(try recording.sidecar.files.first { $0.path == "audio/ann.opus" }?.mediaType == "audio/ogg")
    }

    // MARK: timeline

    @Test func aTrimmedFileBeginsWithItsSound() async throws {
        let recording = try await Self.run { $0.timeline = .trimmed }
        #expect(try recording.samples(of: "PB") == Session.bob.samples(0..<80))
        let files = try recording.sidecar.files.filter { $0.sampleRate != nil }
        #expect(files.map(\.offset) == [0, 0.1])
        #expect(files.map(\.frames) == [16_000, 12_800])
        #expect(files[1].start == "2026-01-01T00:00:00.600000000Z")
        #expect(recording.audio["audio/bob.wav"]?.description.start.rfc3339 == "2026-01-01T00:00:00.600000000Z")
    }

    @Test func keptSoundIsTrimmedLikewise() async throws {
        let recording = try await Self.run {
            $0.timeline = .trimmed
            $0.keepsNative = true
        }
        let bob = try #require(recording.coded["audio/bob.wav"])
        let isEqual = bob.parts.flatMap(\.self) == (0..<80).flatMap { Session.bob.payload($0) }
        #expect(isEqual)
        #expect(bob.start.rfc3339 == "2026-01-01T00:00:00.600000000Z")
    }

    // MARK: mix

    private static let ann = Session.ann.samples(0..<100)
    private static let bob = silence(800) + Session.bob.samples(0..<80) + silence(2400)

    @Test func aMonoMixIsTheSumTurnedDownAsAWholeWhereItWouldClip() async throws {
        let recording = try await Self.run { $0.mix = .mono }
        let mix = try #require(recording.audio["audio/mix.wav"])
        let sums = zip(Self.ann, Self.bob).map { Int($0) + Int($1) }
        let peak = try #require(sums.map(\.magnitude).max())
        try #require(peak > 32_767)
        let expected = sums.map { Int16((Double($0) * 32_767 / Double(peak)).rounded(.toNearestOrAwayFromZero)) }
        let isEqual = mix.samples == expected
        #expect(isEqual)
        #expect(mix.samples.map(\.magnitude).max() == 32_767)
        let file = try #require(try recording.sidecar.files.first { $0.path == "audio/mix.wav" })
        #expect(file.role == .mix && file.participants == ["PA", "PB"] && file.channels == 1)
        let gain = try #require(file.gain)
        #expect(abs(gain - 32_767 / Double(peak)) < 1e-8)
        #expect(try recording.sidecar.participants.map { $0.files.last } == ["audio/mix.wav", "audio/mix.wav"])
    }

    @Test func soundThatFitsIsNotTurnedDown() async throws {
        let recording = try await Self.run { $0.mix = .stereo }
        let mix = try #require(recording.audio["audio/mix.wav"])
        let isEqual = mix.samples == zip(Self.ann, Self.bob).flatMap { [$0, $1] }
        #expect(isEqual)
        let file = try #require(try recording.sidecar.files.first { $0.path == "audio/mix.wav" })
        #expect(file.gain == 1)
        #expect(file.channelMap?.map(\.participants) == [["PA"], ["PB"]])
        #expect(file.channelMap?.map(\.streams) == [["s1"], ["s2"]])
    }

    @Test(arguments: ["2", "PB", "bob", "sip:bob@example.test"])
    func channelsTakeLabelsIdsNamesAndAddresses(name: String) async throws {
        for kind in [MixKind.stereo, .multichannel] {
            let recording = try await Self.run {
                $0.mix = kind
                $0.mixChannels = [name]
            }
            let file = try #require(try recording.sidecar.files.first { $0.path == "audio/mix.wav" })
            #expect(file.channelMap?.map(\.participants) == [["PB"], ["PA"]])
            #expect(try recording.sidecar.findings.filter { $0.rule == "OUT004" }.isEmpty)
        }
    }

    @Test func aNameThatNobodyGoesByIsTold() async throws {
        let recording = try await Self.run {
            $0.mix = .multichannel
            $0.mixChannels = ["nobody", "2"]
        }
        let file = try #require(try recording.sidecar.files.first { $0.path == "audio/mix.wav" })
        #expect(file.channelMap?.map(\.participants) == [["PB"], ["PA"]])
        #expect(try recording.sidecar.findings.filter { $0.rule == "OUT004" }.count == 1)
    }

    @Test func aMixOfKeptAndTrimmedSoundIsThatOfTheTimeline() async throws {
        let recording = try await Self.run {
            $0.mix = .stereo
            $0.keepsNative = true
            $0.timeline = .trimmed
        }
        let mix = try #require(recording.audio["audio/mix.wav"])
        let isEqual = mix.samples == zip(Self.ann, Self.bob).flatMap { [$0, $1] }
        #expect(isEqual)
    }

    @Test func aVoiceOfALowerRateIsBroughtToTheMixInAnyBlocks() throws {
        let samples = (0..<4000).map { Int16(10_000 * sin(Double($0) / 7)) }
        let track = PlannedTrack(path: "a", isMix: false, participants: [], streams: [], sampleRate: 8000, channels: 1)
        func collect(_ block: Int) throws -> [Int32] {
            var feed = MixFeed(MixVoice(track: track, store: MemoryStore(samples)), rate: 16_000)
            var out: [Int32] = []
            while out.count < 9000 {
                var sums = [Int32](repeating: 0, count: block)
                try feed.load(block)
                feed.add(side: nil, block, to: &sums, 0, of: 1)
                out += sums
            }
            return Array(out.prefix(9000))
        }
        let first = try collect(1000)
        let isEqual = try collect(77) == first
        #expect(isEqual)
        // Every second sample stands for the moment of one of the original.
        let differences = (500..<3500).map { abs(first[$0 * 2] - Int32(samples[$0])) }
        #expect(try #require(differences.max()) <= 12, "the filter's own ripple")
        #expect(first[8100...].allSatisfy { $0 == 0 })
    }

    // MARK: folders

    @Test func foldersGoByTheDayAndBelowData() async throws {
        var options = ReconstructionOptions()
        options.layout.isByDate = true
        options.layout.isBag = true
        let run = await Reconstructed.run(Session.plain().pcap(), options: options)
        let folder = try #require(run.output.finished.keys.first)
        #expect(folder.hasPrefix("data/recordings/2026/01/01/20260101T000000Z_"))
        #expect(run.rendered.first?.summary?.entry.folder == folder)
    }

    @Test func ratesThatOpusDoesNotKnowAreRaised() {
        let raised = [8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000].map(AudioFormat.opus.storedRate)
        #expect(raised == [8000, 12_000, 16_000, 24_000, 48_000, 48_000, 48_000])
        #expect([11_025, 44_100].map(AudioFormat.wav.storedRate) == [11_025, 44_100])
    }
}

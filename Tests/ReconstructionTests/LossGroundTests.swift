import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingRecords
import TestSupport
import Testing

/// What a gap is blamed on: a file that is not there, the capture, the network, or nobody.
struct LossGroundTests {
    private static let ann = SessionScript.ann
    private static let bob = SessionScript.bob

    /// Eight seconds of Ann and Bob; `also` adds what else was captured.
    private static func session(without lost: Set<Int> = [], also: (inout CaptureScript) -> Void = { _ in }) -> CaptureScript {
        var session = SessionScript()
        session.open()
        ann.send(0..<400, at: 500_000, without: lost, into: &session.script)
        bob.send(0..<400, at: 503_000, without: lost, into: &session.script)
        also(&session.script)
        session.sip.close(8_600_000, into: &session.script)
        return session.script
    }

    /// The frames from `range` on that carry media, or that do not.
    private static func file(_ script: CaptureScript, _ name: String, _ range: Range<Int>, media: Bool? = nil) -> MemoryInput {
        let frames = script.frames.sorted { $0.microseconds < $1.microseconds }
        return MemoryInput(
            script.pcap { index in range.contains(frames[index].microseconds) && (media.map { $0 == (frames[index].octets.count == 214) } ?? true) }, name: name
        )
    }

    private static func causes(_ recording: MemoryRecording) throws -> [[GapCause]] {
        try recording.sidecar.streams.map { $0.gaps.filter { $0.duration.value > 0.05 }.map(\.cause) }
    }

    @Test(arguments: [2, 3], [true, false]) func aRotatedFileIsMissing(missing: Int, probe: Bool) async throws {
        let script = Self.session()
        var inputs = [Self.file(script, "signalling.pcap", 0..<9_000_000, media: false)]
        for number in 0..<5 where number != missing {
            inputs.append(Self.file(script, "media-\(number).pcap", number * 1_800_000..<(number + 1) * 1_800_000, media: true))
        }
        if probe {
            var other = CaptureScript()
            for second in 0..<90 { other.datagram(second * 100_000, from: Socket(9, 53), to: Socket(8, 53), "another network") }
            inputs.append(MemoryInput(other.pcap(), name: "probe-2.pcap"))
        }
        let recording = try await Reconstructed.run(inputs).only
        #expect(try Self.causes(recording) == [[.fileMissing], [.fileMissing]])
        #expect(try !recording.sidecar.complete)
    }

    @Test func aRotationThatIsWholeLacksNoFile() async throws {
        let script = Self.session(without: Set(120..<200)) { script in
            for second in 0..<90 { script.datagram(second * 100_000, from: Socket(9, 53), to: Socket(8, 53), "the same network") }
        }
        let inputs = (0..<5).map { Self.file(script, "media-\($0).pcap", $0 * 1_800_000..<($0 + 1) * 1_800_000) }
        #expect(try Self.causes(await Reconstructed.run(inputs).only) == [[.networkLoss], [.networkLoss]])
    }

    @Test func whatStopsWithEverythingElseIsNotBlamedOnTheNetwork() async throws {
        let recording = try await Reconstructed.run(Self.session(without: Set(100..<110)).pcap()).only
        #expect(try Self.causes(recording) == [[.unknown], [.unknown]])
        #expect(try recording.sidecar.streams.flatMap(\.gaps).filter { $0.edge != true }.allSatisfy { $0.reason != nil && $0.packets == 10 })
        #expect(try !recording.sidecar.complete)
    }

    @Test func whatStopsWhileOthersGoOnIsLoss() async throws {
        let script = Self.session(without: Set(100..<110)) { script in
            for number in 0..<160 { script.datagram(number * 50_000, from: Socket(9, 53), to: Socket(8, 53), "other traffic") }
        }
        #expect(try Self.causes(await Reconstructed.run(script.pcap()).only) == [[.networkLoss], [.networkLoss]])
    }

    /// Numbers that skip thousands while timestamps go on: nothing is missing.
    @Test(arguments: [40, 500, 2900]) func aRestartOfTheNumberingLosesNothing(step: Int) async throws {
        var session = SessionScript()
        session.open()
        Self.ann.send(0..<100, at: 500_000, into: &session.script)
        var later = Self.ann
        later.firstSequence &+= UInt16(step)
        later.send(100..<200, at: 500_000, into: &session.script)
        session.sip.close(4_600_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let flow = try #require(try recording.sidecar.streams.first?.flows.first)
        #expect(flow.lost == 0)
        #expect(try recording.samples(of: "PA").starts(with: Self.ann.samples(0..<200)))
    }

    @Test(arguments: [UInt8(0x80), 0xC5, 0x0A, 0x91]) func encapsulatedIPsecIsNamed(first: UInt8) async throws {
        var script = CaptureScript()
        var random = SeededRandom(seed: 15)
        for number in 0..<50 {
            let head: [UInt8] = [first, 0x11, 0x22, 0x33] + CaptureScript.be32(UInt32(number + 1))
            script.datagram(number * 20_000, from: Socket(0xC000_0201, 4500), to: Socket(0xC000_0202, 4500), head + random.bytes(100))
        }
        // A keep-alive (RFC 3948 section 2.3).
        script.datagram(2_000_000, from: Socket(0xC000_0201, 4500), to: Socket(0xC000_0202, 4500), [0xFF])
        let run = await Reconstructed.run(script.pcap())
        #expect(run.recordings.isEmpty)
        #expect(run.survey.counts.esp == 50)
        #expect(run.survey.counts.unclassified == 0)
        #expect(run.survey.counts.rtp == 0)
        #expect(run.survey.findings.sorted.contains { $0.rule.code == "NET012" })
    }
}

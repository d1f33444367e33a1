import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Media on several hops of which some have no signalling in the capture, or that lack a part of it.
struct RelayTests {
    private static let relay: UInt32 = 0xC000_0202
    private static let ann = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(relay, 6000), ssrc: 0xA, seed: 1)
    private static let bob = ToneSource(from: Socket(relay, 6000), to: Socket(0xC000_0201, 4000), ssrc: 0xB, seed: 2)

    /// The relay's other side.
    private static func behind(_ source: ToneSource, ssrc: UInt32? = nil, firstSequence: UInt16? = nil) -> ToneSource {
        var out = source
        let far = Socket(0xC000_0203, 8000)
        out.source = source.source.address == relay ? far : Socket(relay, 7000)
        out.destination = source.source.address == relay ? Socket(relay, 7000) : far
        out.ssrc = ssrc ?? source.ssrc
        if let firstSequence { (out.firstSequence, out.firstTimestamp) = (firstSequence, 77_777) }
        return out
    }

    private static func open(_ script: inout CaptureScript, until end: Int) {
        var sip = SIPScript()
        sip.isRecording = false
        sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv"),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv"), into: &script)
        sip.close(end, into: &script)
    }

    @Test(
        "a relay's other side without signalling is the same call, also under other sources and numbers",
        arguments: [(nil, nil), (0xC, nil), (0xC, 40_000)] as [(UInt32?, UInt16?)])
    func unsignalledSide(_ ssrc: UInt32?, _ firstSequence: UInt16?) async throws {
        var script = CaptureScript()
        Self.open(&script, until: 5_000_000)
        for (number, source) in [Self.ann, Self.bob].enumerated() {
            source.send(0..<200, at: 500_000, into: &script)
            Self.behind(source, ssrc: ssrc.map { $0 + UInt32(number) }, firstSequence: firstSequence).send(0..<200, at: 504_000, into: &script)
        }
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(recording.audio.count == 2)
        #expect(try recording.samples(of: "caller") == Self.ann.samples(0..<200))
        #expect(try recording.samples(of: "callee").suffix(32_000) == Self.bob.samples(0..<200)[...])
        #expect(!run.plan.recordings[0].isDoubtful)
    }

    @Test("what the signalled side lacks is heard from the other one", arguments: [false, true])
    func holes(isRenumbered: Bool) async throws {
        var script = CaptureScript()
        Self.open(&script, until: 6_000_000)
        // The capture of the first hop ends early; the second goes on for two seconds.
        Self.ann.send(0..<150, at: 500_000, into: &script)
        Self.behind(Self.ann, ssrc: isRenumbered ? 0xC : nil, firstSequence: isRenumbered ? 9000 : nil).send(0..<250, at: 503_000, into: &script)
        let recording = try await Reconstructed.run(script.pcap()).only
        let heard = try recording.samples(of: "caller")
        let expected = Self.ann.samples(0..<250)
        #expect(heard.count >= expected.count - 160)
        #expect(heard.prefix(24_000) == expected.prefix(24_000))
        #expect(heard.suffix(8000) == expected.suffix(8000))
    }

    @Test("packets lost on one hop only are heard from the other", arguments: [false, true])
    func losses(isSecond: Bool) async throws {
        var script = CaptureScript()
        Self.open(&script, until: 5_000_000)
        Self.ann.send(0..<200, at: 500_000, without: isSecond ? [] : [20, 21, 90], into: &script)
        Self.behind(Self.ann).send(0..<200, at: 503_000, without: isSecond ? [20, 21, 90] : [], into: &script)
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try recording.samples(of: "caller") == Self.ann.samples(0..<200))
        let gaps = try recording.sidecar.streams.filter { $0.participants == ["caller"] }.flatMap(\.gaps)
        #expect(gaps.isEmpty)
    }

    @Test("media between other hosts that is not the call's stays a recording of its own")
    func strangers() async throws {
        var script = CaptureScript()
        Self.open(&script, until: 5_000_000)
        Self.ann.send(0..<200, at: 500_000, into: &script)
        var other = Self.behind(Self.ann, ssrc: 0xC)
        other.seed = 40
        other.send(0..<200, at: 504_000, into: &script)
        // The same words two seconds later are no copy.
        var late = Self.behind(Self.ann, ssrc: 0xE)
        (late.source, late.destination) = (Socket(Self.relay, 7100), Socket(0xC000_0203, 8100))
        late.send(0..<200, at: 2_600_000, into: &script)
        let run = await Reconstructed.run(script.pcap())
        #expect(run.recordings.count == 3)
    }

    @Test("the opposite way on a relay's other side is the other party, and doubtful where no packet proves it")
    func oppositeWay() async throws {
        var script = CaptureScript()
        Self.open(&script, until: 5_000_000)
        Self.ann.send(0..<200, at: 500_000, into: &script)
        Self.behind(Self.ann).send(0..<200, at: 503_000, into: &script)
        Self.behind(Self.bob).send(0..<200, at: 503_000, into: &script)
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(try recording.samples(of: "callee").suffix(32_000) == Self.bob.samples(0..<200)[...])
        #expect(run.plan.recordings[0].isDoubtful)
    }
}

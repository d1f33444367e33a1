import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import TestSupport
import Testing

/// From packets to samples, with everything between real.
struct EndToEndTests {
    private typealias Session = SessionScript

    @Test func everySampleStandsWhereItWasHeard() async throws {
        let recording = try await Reconstructed.run(Session.plain().pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.kind == "siprec")
        #expect(sidecar.start == "2026-01-01T00:00:00.500000000Z")
        #expect(sidecar.duration == 2)
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100))
        #expect(try recording.samples(of: "PB") == silence(800) + Session.bob.samples(0..<80) + silence(2400))
        #expect(sidecar.participants.map(\.id) == ["PA", "PB"])
        #expect(recording.audio.keys.sorted() == ["audio/ann.wav", "audio/bob.wav"])
        #expect(sidecar.streams.flatMap(\.flows).map(\.lost) == [0, 0])
        #expect(sidecar.streams.flatMap(\.flows).compactMap(\.match?.confidence) == ["high", "high"])
    }

    @Test func allTracksOfARecordingEndTogether() async throws {
        let recording = try await Reconstructed.run(Session.plain(packets: 120).pcap()).only
        #expect(recording.audio.count == 2)
        #expect(Set(recording.audio.values.map(\.frames)) == [19_200])
        #expect(try Set(recording.sidecar.files.compactMap(\.frames)) == [19_200])
    }

    @Test func lossIsAGapOfItsExactPlace() async throws {
        let recording = try await Reconstructed.run(Session.plain(lost: [40, 41, 42, 43, 44]).pcap()).only
        let gaps = try recording.gaps(.networkLoss)
        try #require(gaps.count == 1)
        #expect(gaps[0].offset == 0.8)
        #expect(gaps[0].duration == 0.1)
        #expect(gaps[0].packets == 5)
        #expect(gaps[0].start == "2026-01-01T00:00:01.300000000Z")
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<40) + silence(800) + Session.ann.samples(45..<100))
        #expect(try !recording.sidecar.complete)
    }

    @Test func packetsOutOfOrderAndTwiceSoundAsSent() async throws {
        var session = Session()
        session.open()
        for number in 0..<100 {
            let place = number % 10 == 3 ? number + 1 : number % 10 == 4 ? number - 1 : number
            session.script.datagram(500_000 + number * 20_000, from: Session.ann.source, to: Session.ann.destination, Session.ann.packet(place))
            if number % 7 == 0 {
                session.script.datagram(500_300 + number * 20_000, from: Session.ann.source, to: Session.ann.destination, Session.ann.packet(place))
            }
        }
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100))
        let flow = try #require(try recording.sidecar.streams.flatMap(\.flows).first)
        #expect(flow.reordered > 0)
        #expect(flow.copies == 15)
        #expect(flow.packets == 100)
        #expect(flow.lost == 0)
    }

    @Test func captureFilesMayBeSplitAndGivenInAnyOrder() async throws {
        let script = Session.plain(lost: [7])
        let whole = try await Reconstructed.run(script.pcap()).only
        let halves = [MemoryInput(script.pcap { $0 % 2 == 0 }, name: "even.pcap"), MemoryInput(script.pcap { $0 % 2 == 1 }, name: "odd.pcap")]
        let forward = try await Reconstructed.run(halves).only
        let backward = try await Reconstructed.run(halves.reversed()).only
        #expect(forward == backward)
        #expect(forward.audio == whole.audio)
        #expect(try forward.sidecar.id == whole.sidecar.id)
        // Which file and frame they name is another in each case.
        func gaps(_ recording: MemoryRecording) throws -> [String] {
            try recording.sidecar.streams.flatMap(\.gaps).map { "\($0.start) \($0.duration.value) \($0.packets) \($0.causeWord)" }
        }
        #expect(try gaps(forward) == gaps(whole))
    }

    @Test func theIdentifierDoesNotDependOnHowMuchWasCaptured() async throws {
        let script = Session.plain()
        let whole = try await Reconstructed.run(script.pcap()).only
        let half = try await Reconstructed.run(script.pcap { $0 < 90 }).only
        let rotated = [MemoryInput(script.pcap { $0 < 90 }, name: "1.pcap"), MemoryInput(script.pcap { $0 >= 90 }, name: "2.pcap")]
        let joined = try await Reconstructed.run(rotated).only
        #expect(try half.sidecar.id == whole.sidecar.id)
        #expect(try joined.sidecar.id == whole.sidecar.id)
        #expect(joined.audio == whole.audio)
        #expect(try whole.sidecar.id.count == 16)
    }

    @Test func jobsHashKeyAndReadSizeChangeNothing() async throws {
        var script = Session.plain()
        for call in 2...4 {
            var sip = SIPScript()
            sip.callID = "call-\(call)@client.test"
            sip.isRecording = false
            let port = 4000 + 10 * call
            sip.open(
                call * 100_000, offer: SIPScript.description("192.0.2.1", ports: [port], direction: "sendrecv"),
                answer: SIPScript.description("192.0.2.2", ports: [port + 2000], direction: "sendrecv"), into: &script)
            let one = ToneSource(from: Socket(0xC000_0201, UInt16(port)), to: Socket(0xC000_0202, UInt16(port + 2000)), ssrc: UInt32(call), seed: call)
            one.send(0..<40 + call, at: 500_000, into: &script)
            sip.close(2_000_000, into: &script)
        }
        let first = await Reconstructed.run(script.pcap())
        #expect(first.recordings.count == 4)
        var options = ReconstructionOptions()
        options.jobs = 2
        let second = await Reconstructed.run([MemoryInput(script.pcap())], options: options, hashKey: 0xDEAD_BEEF)
        #expect(second.output.finished == first.output.finished)
        options.jobs = 9
        let third = await Reconstructed.run([MemoryInput(script.pcap(), chunk: 777)], options: options, hashKey: 0)
        #expect(third.output.finished == first.output.finished)
    }

    // MARK: Choosing

    @Test func sinceAndUntilBoundWhatIsRead() async throws {
        let base = CaptureTime(nanoseconds: Int64(CaptureScript.epoch) * 1_000_000_000)
        var options = ReconstructionOptions()
        options.until = base.advanced(bySeconds: 1.5)
        let early = try await Reconstructed.run(Session.plain().pcap(), options: options).only
        // 0.5 s is inside, 1.5 s is not.
        #expect(try early.samples(of: "PA") == Session.ann.samples(0..<50))
        options.until = nil
        options.since = base.advanced(bySeconds: 1.5)
        let late = await Reconstructed.run(Session.plain().pcap(), options: options)
        let flows = try late.recordings.flatMap { try $0.sidecar.streams.flatMap(\.flows) }
        #expect(flows.map(\.packets).sorted() == [35, 50])
        #expect(flows.allSatisfy { $0.firstPacket >= "2026-01-01T00:00:01.500000000Z" })
    }

    struct Choice: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let set: @Sendable (inout ReconstructionOptions) -> Void
        let expected: [String]
    }

    static let choices: [Choice] = [
        Choice(testDescription: "everything", set: { _ in }, expected: ["call-1@client.test", "call-2@client.test"]),
        Choice(testDescription: "Call-ID", set: { $0.callIDs = ["call-2@client.test"] }, expected: ["call-2@client.test"]),
        Choice(testDescription: "Call-ID of nothing", set: { $0.callIDs = ["CALL-2@client.test"] }, expected: []),
        Choice(
            testDescription: "address of record without scheme and case", set: { $0.addressesOfRecord = ["ANN@example.test"] },
            expected: ["call-1@client.test"]),
        Choice(
            testDescription: "address of record of a party", set: { $0.addressesOfRecord = ["sips:carol@client.test;x=y"] }, expected: ["call-2@client.test"]),
        Choice(testDescription: "SSRC", set: { $0.ssrcs = [SSRC(0xB), SSRC(99)] }, expected: ["call-1@client.test"]),
        Choice(testDescription: "SSRC of nothing", set: { $0.ssrcs = [SSRC(99)] }, expected: []),
        Choice(testDescription: "kind", set: { $0.kinds = [.call] }, expected: ["call-2@client.test"]),
        Choice(
            testDescription: "two that exclude each other",
            set: {
                $0.callIDs = ["call-1@client.test"]; $0.ssrcs = [SSRC(0xC)]
            }, expected: []),
    ]

    @Test(arguments: choices) func onlyWhatWasAskedForIsMade(_ choice: Choice) async throws {
        var script = Session.plain(packets: 20)
        var sip = SIPScript()
        sip.callID = "call-2@client.test"
        sip.clientUser = "carol"
        sip.isRecording = false
        sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [5000], direction: "sendrecv"),
            answer: SIPScript.description("192.0.2.2", ports: [7000], direction: "sendrecv"), into: &script)
        ToneSource(from: Socket(0xC000_0201, 5000), to: Socket(0xC000_0202, 7000), ssrc: 0xC, seed: 3).send(0..<20, at: 500_000, into: &script)
        var options = ReconstructionOptions()
        choice.set(&options)
        let run = await Reconstructed.run(script.pcap(), options: options)
        #expect(try run.recordings.flatMap { try $0.sidecar.dialogs.map(\.callID) }.sorted() == choice.expected)
        #expect(run.output.begun == choice.expected.count)
    }

    // MARK: Streams and people

    @Test func aNewSourceOnTheSameLineGoesOnInTheSameFile() async throws {
        var session = Session()
        session.open()
        Session.ann.send(0..<50, at: 500_000, into: &session.script)
        var other = Session.ann
        other.ssrc = 0xA2
        other.firstSequence = 40_000
        other.firstTimestamp = 0xFFFF_F000
        other.seed = 9
        other.send(0..<50, at: 1_500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(recording.audio.keys.sorted() == ["audio/ann.wav"])
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<50) + other.samples(0..<50))
        #expect(try recording.sidecar.events.contains { $0.type == .ssrcChange && $0.offset == 1 })
        let stream = try #require(try recording.sidecar.streams.first { $0.label == "1" })
        #expect(stream.flows.map(\.ssrc) == ["0x0000000a", "0x000000a2"])
    }

    @Test func aTransferPutsEachVoiceInItsOwnFile() async throws {
        var session = Session()
        session.open()
        Session.ann.send(0..<200, at: 500_000, into: &session.script)
        Session.bob.send(0..<200, at: 500_000, into: &session.script)
        let transfer = SIPScript.metadata(
            SIPScript.participant("PC", name: "cid", sends: ["T1"])
                + "<participantsessionassoc participant_id=\"PA\" session_id=\"S\">"
                + "<disassociate-time>2026-01-01T00:00:02Z</disassociate-time></participantsessionassoc>",
            mode: "partial")
        session.sip.send(
            "UPDATE", 2_500_000, cseq: 2, method: "UPDATE", type: "application/rs-metadata+xml", body: transfer,
            headers: ["Content-Disposition: recording-session"], into: &session.script)
        session.sip.send("200", 2_510_000, cseq: 2, method: "UPDATE", by: .server, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(recording.audio.keys.sorted() == ["audio/ann.wav", "audio/bob.wav", "audio/cid.wav"])
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100) + silence(16_000))
        #expect(try recording.samples(of: "PC") == silence(16_000) + Session.ann.samples(100..<200))
        #expect(try recording.samples(of: "PB") == Session.bob.samples(0..<200))
        let transfers = try recording.sidecar.events.filter { $0.type == .transfer }
        #expect(transfers.map(\.participants) == [["PA", "PC"]])
    }

    @Test func severalSendersOfOneStreamAreOneMix() async throws {
        var session = Session()
        session.open(
            metadata: SIPScript.metadata(
                "<session session_id=\"S\"/>" + SIPScript.participant("PA", name: "ann", sends: ["T1"])
                    + SIPScript.participant("PB", name: "bob", sends: ["T1"]) + SIPScript.stream("T1", label: "1")), ports: 1)
        Session.ann.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(2_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let files = try recording.sidecar.files.filter { $0.sampleRate != nil }
        #expect(files.map(\.role) == [.mix])
        #expect(files.map(\.participants) == [["PA", "PB"]])
        #expect(files.map(\.path) == ["audio/mix-label-1.wav"])
        #expect(recording.audio.values.first?.samples == Session.ann.samples(0..<50))
    }

    @Test func aPlainCallHasCallerAndCallee() async throws {
        var script = CaptureScript()
        var sip = SIPScript()
        sip.isRecording = false
        sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv"),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv"), into: &script)
        let caller = Session.ann
        let callee = ToneSource(from: caller.destination, to: caller.source, ssrc: 0xD, seed: 4)
        caller.send(0..<50, at: 500_000, into: &script)
        callee.send(0..<50, at: 500_000, into: &script)
        sip.close(2_000_000, into: &script)
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try recording.sidecar.kind == "call")
        #expect(try recording.samples(of: "caller") == caller.samples(0..<50))
        #expect(try recording.samples(of: "callee") == callee.samples(0..<50))
        #expect(recording.files.keys.contains("signalling.txt"))
    }

    /// Two calls that a product gives one Call-ID, with words of their own, are two recordings, and neither may replace the other.
    @Test func twoLegsOfOneCallIDAreTwoRecordings() async throws {
        var script = CaptureScript()
        for leg in [0, 1] {
            var sip = SIPScript()
            sip.isRecording = false
            sip.tags = leg == 0 ? ("c", "s") : ("c2", "s2")
            sip.client = Socket(0xC000_0201 + UInt32(leg), 5060)
            sip.server = Socket(0xC000_0202 + UInt32(leg), 5060)
            sip.open(
                leg * 10_000, offer: SIPScript.description("192.0.2.1", ports: [4000 + 10 * leg], direction: "sendrecv"),
                answer: SIPScript.description("192.0.2.2", ports: [6000 + 10 * leg], direction: "sendrecv"), into: &script)
            var tone = Session.ann
            tone.source = Socket(tone.source.address, UInt16(4000 + 10 * leg))
            tone.destination = Socket(tone.destination.address, UInt16(6000 + 10 * leg))
            (tone.ssrc, tone.seed) = (0xA + UInt32(leg), 1 + 10 * leg)
            tone.send(0..<100, at: 500_000, into: &script)
        }
        let run = await Reconstructed.run(script.pcap())
        #expect(
            try run.recordings.flatMap { try $0.sidecar.dialogs.filter { $0.relation == nil }.map(\.callID) } == ["call-1@client.test", "call-1@client.test"])
        #expect(Set(run.plan.recordings.map(\.folder)).count == 2)
        #expect(run.recordings.map(\.audio.count) == [1, 1])
    }

    @Test func mediaWithoutSignallingIsARecordingOfItsOwn() async throws {
        var script = CaptureScript()
        let there = Session.ann
        let back = ToneSource(from: there.destination, to: there.source, ssrc: 0xE, seed: 5)
        there.send(0..<60, at: 0, into: &script)
        back.send(0..<50, at: 200_000, into: &script)
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(try recording.sidecar.kind == "media")
        let sounds = recording.audio.values.map(\.samples)
        #expect(sounds.contains(there.samples(0..<60)))
        #expect(sounds.contains(silence(1600) + back.samples(0..<50)))
        #expect(run.plan.findings.contains(.flw003))
    }

    /// RFC 3550 section 5.1: a sender may begin its numbering anew; that does not make its packets something else than media.
    @Test func unsignalledMediaMayBeginItsNumberingAnew() async throws {
        var script = CaptureScript()
        var source = Session.ann
        source.send(0..<60, at: 0, into: &script)
        source.firstSequence &-= 20_000
        source.send(60..<120, at: 0, into: &script)
        let run = await Reconstructed.run(script.pcap())
        #expect(run.plan.ignoredFlows == 0)
        let recording = try run.only
        #expect(recording.audio.values.map(\.samples) == [source.samples(0..<120)])
    }

    @Test func encryptedMediaWithoutKeyLeavesNoAudioAndSaysWhy() async throws {
        var session = Session()
        session.open(ports: 1, profile: "RTP/SAVP")
        Session.ann.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(2_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let recording = try run.only
        #expect(recording.audio.isEmpty)
        #expect(try recording.sidecar.files.allSatisfy { $0.sampleRate == nil })
        #expect(try !recording.sidecar.complete)
        #expect(try recording.gaps(.noKey).reduce(0) { $0 + $1.packets } == 50)
        #expect(try recording.gaps(.networkLoss).isEmpty)
        #expect(run.plan.findings.contains(.srt002))
    }

    /// A key whose packets do not authenticate opens nothing: noise must never become sound.
    @Test func aKeyThatDoesNotFitLeavesNoAudio() async throws {
        var session = Session()
        let key = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + String(repeating: "AAAA", count: 10)
        session.open(ports: 1, profile: "RTP/SAVP", extra: [key])
        Session.ann.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(2_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(recording.audio.isEmpty)
        #expect(try recording.gaps(.authenticationFailure).reduce(0) { $0 + $1.packets } == 50)
        let security = try #require(try recording.sidecar.streams.first?.security)
        #expect(security.failed == 50)
        #expect(security.authenticated == 0)
        let text = String(decoding: try #require(recording.files["signalling.txt"]), as: UTF8.self)
        #expect(!text.contains("AAAAAAAA"))
        #expect(text.contains("inline:[redacted]"))
    }

    @Test func packetsCutBySnapLengthAreAGap() async throws {
        var session = Session()
        session.open(ports: 1)
        for number in 0..<60 {
            let kept = (20..<30).contains(number) ? 14 + 20 + 8 + 12 + 30 : nil
            session.script.datagram(
                500_000 + number * 20_000, from: Session.ann.source, to: Session.ann.destination, Session.ann.packet(number), kept: kept)
        }
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<20) + silence(1600) + Session.ann.samples(30..<60))
        let gaps = try recording.gaps(.snapLength)
        #expect(gaps.map(\.offset) == [0.4])
        #expect(gaps.map(\.duration) == [0.2])
        #expect(gaps.map(\.packets) == [10])
    }

    // MARK: Damage

    @Test func aFileCutAnywhereGivesWhatItHolds() async throws {
        let whole = Session.plain(packets: 40).pcap()
        let full = Session.ann.samples(0..<40)
        let id = try await Reconstructed.run(whole).only.sidecar.id
        for cut in stride(from: 0, to: whole.count, by: 487) {
            let run = await Reconstructed.run(Array(whole[..<cut]))
            guard let recording = run.recordings.first, let sidecar = recording.record, sidecar.kind == "siprec" else { continue }
            #expect(run.recordings.count == 1)
            #expect(sidecar.id == id)
            guard let sound = recording.audio["audio/ann.wav"]?.samples else { continue }
            let voiced = sound.lastIndex { $0 != 0 } ?? -1
            #expect(sound[...voiced] == full[...voiced], "cut at \(cut)")
        }
    }

    @Test func anInterruptedRunLeavesNothing() async throws {
        let observer = InterruptingObserver(after: 15)
        let run = await Reconstructed.run([MemoryInput(Session.plain().pcap(), chunk: 2000)], observer: observer)
        #expect(run.rendered.isEmpty)
        #expect(run.output.finished.isEmpty)
        // A folder may or may not have been begun by then; what was begun is abandoned.
        #expect(run.output.abandoned == run.output.begun)
    }

    @Test func whatIsNoCaptureIsRejectedWithAReason() async throws {
        let merge = FrameMerge([MemoryInput(Array("hello, this is text\n".utf8), name: "notes.txt"), MemoryInput([], name: "empty.pcap")], limits: Limits())
        #expect(merge.inputs.isEmpty)
        #expect(merge.rejected.map(\.name) == ["empty.pcap", "notes.txt"])
        #expect(merge.rejected.allSatisfy { !$0.reason.isEmpty })
    }
}

/// Asks for an end once the render has been looked in on some times.
private final class InterruptingObserver: ReconstructionObserver {
    private let calls = Counter()
    private let after: Int

    init(after: Int) { self.after = after }

    func progressed(_ progress: ReconstructionProgress) { if progress.stage == .render { calls.add() } }
    var isInterrupted: Bool { calls.value >= after }
}

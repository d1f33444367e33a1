import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// What is told of keys agrees with itself, and with what the packets then come to.
struct KeyCheckTests {
    private static let suite = SRTPSuite.AES_CM_128_HMAC_SHA1_80
    private static let (from, to) = (SessionScript.ann.source, SessionScript.ann.destination)

    private static func line(_ seed: UInt64) -> String { "a=crypto:1 \(suite.rawValue) inline:\(Base64.encode(keyAndSalt(suite, seed: seed)))" }

    private func keyFile(_ seeds: [UInt64]) -> ReconstructionOptions {
        var options = ReconstructionOptions()
        let text = seeds.map(Self.line).joined(separator: "\n")
        options.keys.entries = KeyFileLines.fields(text, file: "keys", problems: &options.keys.problems).compactMap {
            KeyFileEntry($0, file: "keys", problems: &options.keys.problems)
        }
        return options
    }

    /// Ann's stream, signalled with the keys of `signalled`; of each seed so many packets.
    private func capture(signalled: [UInt64], sent: [(seed: UInt64, packets: Int)], kept: (Int) -> Int? = { _ in nil }) throws -> CaptureScript {
        var session = SessionScript()
        let profile = "RTP/SAVP"
        session.sip.open(
            0,
            offer: SIPScript.description(
                "192.0.2.1", ports: [4000], direction: "sendonly", labels: true, profile: profile, extra: signalled.map(Self.line)),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "recvonly", profile: profile), metadata: SIPScript.annAndBob,
            into: &session.script)
        var number = 0
        for part in sent {
            let sender = try Protector(Self.suite, seed: part.seed, ssrc: 0xA)
            for _ in 0..<part.packets {
                session.script.datagram(
                    500_000 + number * 20_000, from: Self.from, to: Self.to, try sender.protect(SessionScript.ann.packet(number)), kept: kept(number))
                number += 1
            }
        }
        return session.script
    }

    private func report(_ run: Reconstructed, _ options: ReconstructionOptions) -> KeysReport {
        KeysReport(options.keys, survey: run.survey, plan: run.plan)
    }

    private func unused(_ run: Reconstructed) -> [String] { run.plan.findings.sorted.filter { $0.rule == .srt012 }.map(\.message) }

    @Test("a key that signalling gives as well, or that stands twice, opens the stream on each of its lines and is not called useless")
    func sameKeyElsewhere() async throws {
        let script = try capture(signalled: [1], sent: [(1, 40)])
        let options = keyFile([1, 9, 1])
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: options)
        let told = report(run, options)
        #expect(told.keys.map { $0.opens.map(\.ssrc) } == [["0x0000000a"], [], ["0x0000000a"]])
        #expect(told.keys[0].opens.first?.reasons.first?.contains("the stream's own signalling gives the same key") == true)
        #expect(unused(run).count == 1 && unused(run).first?.contains("line 2") == true)
        let streams = try #require(told.streams)
        #expect([streams.encrypted, streams.decrypted, streams.inPart, streams.closed] == [1, 1, 0, 0])
    }

    @Test("a key that stands twice in a file opens the stream on both lines", arguments: [[UInt64]](arrayLiteral: [1, 1], [2, 1, 1]))
    func twice(seeds: [UInt64]) async throws {
        let script = try capture(signalled: [], sent: [(1, 40)])
        let options = keyFile(seeds)
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: options)
        #expect(report(run, options).keys.map(\.opens.count) == seeds.map { $0 == 1 ? 1 : 0 })
        #expect(unused(run).count == seeds.count { $0 != 1 })
    }

    @Test("a key of the file that takes over later is told to open the stream, and without it the stream opens in part")
    func laterKey() async throws {
        let script = try capture(signalled: [1], sent: [(1, 40), (2, 60)])
        let options = keyFile([3, 2])
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: options)
        let told = report(run, options)
        #expect(told.keys.map(\.opens.count) == [0, 1])
        #expect(unused(run).count == 1)
        #expect(told.streams?.decrypted == 1 && told.streams?.inPart == 0)
        #expect(try run.only.sidecar.streams.flatMap(\.flows).compactMap(\.fates).map(\.notOpened) == [0])

        let alone = keyFile([1])
        let part = await Reconstructed.run([MemoryInput(script.pcap())], options: alone)
        let half = report(part, alone)
        let streams = try #require(half.streams)
        #expect([streams.encrypted, streams.decrypted, streams.inPart, streams.closed] == [1, 0, 1, 0])
        #expect((half.keys.first?.opens.first?.closedSamples ?? 0) > 0)
        #expect(try part.only.sidecar.streams.flatMap(\.flows).compactMap(\.fates).map(\.notOpened) == [60])
        #expect(KeysTable.lines(half).contains { $0.contains("0 of 1 encrypted stream can be decrypted, 1 in part") })
    }

    @Test("without encrypted streams nothing is said to be decrypted")
    func plain() async throws {
        let options = keyFile([1])
        let run = await Reconstructed.run([MemoryInput(SessionScript.plain().pcap())], options: options)
        let lines = KeysTable.lines(report(run, options))
        #expect(lines.contains("no encrypted streams") && !lines.contains { $0.contains("can be decrypted") })
        #expect(unused(run).count == 1)
    }

    @Test("a stream that two conversations share is opened once and needs its key once", arguments: [true, false])
    func divided(hasKey: Bool) async throws {
        let (first, second) = ("AAAAAAAAAAAAAAAAAAAAAQ==", "AAAAAAAAAAAAAAAAAAAAAg==")
        var session = SessionScript()
        session.open(metadata: ConversationTests.document(session: first, [("PA", "ann", "T1", "1"), ("PB", "bob", "T2", "2")]), profile: "RTP/SAVP")
        let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true, profile: "RTP/SAVP")
        func update(_ time: Int, cseq: Int, _ metadata: String) {
            session.sip.send(
                "UPDATE", time, cseq: cseq, method: "UPDATE", type: "multipart/mixed;boundary=b", body: SIPScript.multipart(offer, metadata),
                into: &session.script)
            session.sip.send("200", time + 10_000, cseq: cseq, method: "UPDATE", by: .server, into: &session.script)
        }
        for (tone, seed) in [(SessionScript.ann, UInt64(1)), (SessionScript.bob, 2)] {
            let sender = try Protector(Self.suite, seed: seed, ssrc: tone.ssrc)
            for number in 0..<350 {
                session.script.datagram(500_000 + number * 20_000, from: tone.source, to: tone.destination, try sender.protect(tone.packet(number)))
            }
        }
        update(2_500_000, cseq: 2, SIPScript.metadata(""))
        update(5_500_000, cseq: 3, ConversationTests.document(session: second, [("PC", "cy", "T3", "1"), ("PD", "di", "T4", "2")]))
        session.sip.close(8_000_000, into: &session.script)
        let options = keyFile(hasKey ? [1, 2] : [7])
        let run = await Reconstructed.run([MemoryInput(session.script.pcap())], options: options)
        #expect(run.recordings.count == 2)
        let told = report(run, options)
        #expect(told.keys.map(\.opens.count) == (hasKey ? [1, 1] : [0]))
        #expect(told.keysNeeded.count == (hasKey ? 0 : 2))
        #expect(told.keys.flatMap(\.opens).allSatisfy { $0.reasons.count == 1 })
        #expect(told.streams?.encrypted == 2 && told.streams?.closed == told.keysNeeded.count)
    }

    /// A relay encrypts towards the callee: the second hop of the INVITE, under the same Call-ID, has the keys.
    @Test("the hop that a relay encrypts is decrypted with the keys of its own offer", arguments: [true, false])
    func encryptedHop(isFileGiven: Bool) async throws {
        var script = CaptureScript()
        let relay = (caller: Socket(0xC000_0202, 6000), callee: Socket(0xC000_0202, 8000))
        let callee = Socket(0xC000_0203, 9000)
        var near = SIPScript()
        near.isRecording = false
        near.send("INVITE", 0, cseq: 1, body: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv"), into: &script)
        var far = SIPScript()
        far.isRecording = false
        far.client = Socket(0xC000_0202, 5060)
        far.server = Socket(0xC000_0203, 5060)
        let secure = SIPScript.description("192.0.2.2", ports: [8000], direction: "sendrecv", profile: "RTP/SAVP", extra: [Self.line(4)])
        far.send("INVITE", 10_000, cseq: 1, body: secure, into: &script)
        let answer = SIPScript.description("192.0.2.3", ports: [9000], direction: "sendrecv", profile: "RTP/SAVP", extra: [Self.line(5)])
        far.send("200", 100_000, cseq: 1, by: .server, body: answer, into: &script)
        near.send("200", 110_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv"), into: &script)
        let sender = try Protector(Self.suite, seed: 4, ssrc: 0xA)
        for number in 0..<100 {
            let packet = SessionScript.ann.packet(number)
            script.datagram(500_000 + number * 20_000, from: Self.from, to: relay.caller, packet)
            script.datagram(500_500 + number * 20_000, from: relay.callee, to: callee, try sender.protect(packet))
        }
        near.close(3_000_000, into: &script)
        let options = isFileGiven ? keyFile([4]) : ReconstructionOptions()
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: options)
        #expect(!run.plan.findings.sorted.contains { $0.rule == .srt021 })
        let told = report(run, options)
        #expect(told.keysNeeded.isEmpty && told.streams?.decrypted == 1 && told.streams?.encrypted == 1)
        #expect(told.keys.map(\.opens.count) == (isFileGiven ? [1] : []))
        #expect(told.keys.flatMap(\.opens).allSatisfy { $0.reasons.count == 1 })
        let fates = try run.only.sidecar.streams.flatMap(\.flows).compactMap(\.fates)
        #expect(fates.map(\.heard).reduce(0, +) == 100 && fates.allSatisfy { $0.notOpened == 0 })
    }

    @Test("encrypted video without a key is not opened, as its entry in the list of keys needed says")
    func closedVideo() async throws {
        var session = SessionScript()
        session.sip.isRecording = false
        let lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=video 4000 RTP/SAVP 96", "a=rtpmap:96 VP8/90000"]
        let offer = lines.joined(separator: "\r\n") + "\r\n"
        session.sip.open(
            0, offer: offer, answer: offer.split(separator: "192.0.2.1").joined(separator: "192.0.2.2").split(separator: "4000").joined(separator: "6000"),
            into: &session.script)
        let sender = try Protector(Self.suite, seed: 1, ssrc: 0xA)
        for number in 0..<40 {
            var packet = SessionScript.ann.packet(number)
            packet[1] = 96
            session.script.datagram(500_000 + number * 20_000, from: Self.from, to: Self.to, try sender.protect(packet))
        }
        session.sip.close(2_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.plan.keysNeeded.map(\.packets) == [40])
        #expect(try run.only.sidecar.streams.flatMap(\.flows).compactMap(\.fates).map(\.notOpened) == [40])
    }

    // MARK: Cut packets

    @Test("encrypted packets that a snap length cut are not opened for that reason; the whole ones between them are", arguments: [0, 1])
    func cutPackets(whole: Int) async throws {
        let script = try capture(signalled: [1], sent: [(1, 64)]) { $0 % 2 == whole ? nil : 120 }
        let run = await Reconstructed.run(script.pcap())
        let flow = try #require(try run.only.sidecar.streams.flatMap(\.flows).first)
        let fates = try #require(flow.fates)
        #expect(fates.heard == 32 && fates.total == 64)
        #expect(try run.only.gaps(.snapLength).map(\.packets).reduce(0, +) >= 31)
        #expect(try run.only.gaps(.noKey).isEmpty && run.only.gaps(.authenticationFailure).isEmpty)
        #expect(try run.only.sidecar.streams.compactMap(\.security).map { [$0.authenticated, $0.failed] } == [[32, 0]])
        #expect(run.plan.keysNeeded.isEmpty)
    }

    @Test("a stream of which no packet is whole blames the snap length, not the key")
    func allCut() async throws {
        let script = try capture(signalled: [1], sent: [(1, 64)]) { _ in 120 }
        let options = keyFile([1])
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: options)
        #expect(try run.only.sidecar.complete == false)
        #expect(try run.only.gaps(.snapLength).map(\.packets).reduce(0, +) == 64)
        #expect(try run.only.sidecar.streams.flatMap(\.gaps).allSatisfy { $0.cause == .snapLength })
        #expect(run.plan.keysNeeded.map(\.cutPackets) == [64])
        #expect(try run.only.sidecar.findings.allSatisfy { $0.rule != Rule.srt001.code })
        #expect(KeysTable.lines(report(run, options)).contains { $0.contains("64 captured in part, which no key opens") })
    }

    @Test("how much of a cut packet is padding is not known: it is silent for its time, and the snap length is blamed", arguments: [0, 1, 255])
    func cutPadding(last: UInt8) async throws {
        var session = SessionScript()
        session.open(ports: 1)
        for number in 0..<50 {
            var packet = SessionScript.ann.packet(number)
            packet[0] |= 0x20
            packet += [0, 0, 0, 4]
            let isCut = number % 5 == 2
            // What would be read as the count of padding if the packet ended where the capture does.
            if isCut { packet[131] = last }
            session.script.datagram(500_000 + number * 20_000, from: Self.from, to: Self.to, packet, kept: isCut ? 42 + 132 : nil)
        }
        session.sip.close(2_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let flow = try #require(try run.only.sidecar.streams.flatMap(\.flows).first)
        #expect(flow.fates?.heard == 40 && flow.fates?.total == 50)
        let expected = (0..<50).flatMap { number in number % 5 == 2 ? silence(160) : SessionScript.ann.samples(number..<number + 1) }
        let isRight = try run.only.samples(of: "PA") == expected
        #expect(isRight)
        #expect(try run.only.gaps(.snapLength).map(\.packets) == [Int](repeating: 1, count: 10))
        #expect(try !run.only.sidecar.complete)
    }

    @Test("packets cut inside their header, and padded ones of no payload, end nothing", arguments: [42, 43, 50, 53, 54, 55])
    func cutHeaders(kept: Int) async throws {
        let script = try capture(signalled: [1], sent: [(1, 40)]) { $0 % 4 == 3 ? kept : nil }
        let run = await Reconstructed.run(script.pcap())
        let heard = try run.only.sidecar.streams.flatMap(\.flows).compactMap(\.fates).reduce(0) { $0 + $1.heard }
        #expect(heard == 30)
        #expect(try run.only.sidecar.complete == false)
    }
}

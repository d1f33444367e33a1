import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What a media line and a payload type mean from one description to the next.
struct LineReuseTests {
    /// A label of `-2` is label 2 on an inactive line.
    private static func description(_ address: String, _ ports: [Int], _ direction: String, labels: [String]) -> String {
        let media = zip(ports, labels).map {
            let label = $1.filter(\.isNumber)
            return "m=audio \($0) RTP/AVP 0\r\na=\($1.hasPrefix("-") ? "inactive" : direction)" + (label.isEmpty ? "" : "\r\na=label:\(label)")
        }
        return (["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"] + media).joined(separator: "\r\n") + "\r\n"
    }

    @Test("a closed line is used again by somebody else, with another label and another source", arguments: [4012, 4002])
    func somebodyElse(port: Int) async throws {
        var session = SessionScript()
        session.open()
        SessionScript.ann.send(0..<400, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        let cy = ToneSource(
            from: Socket(0xC000_0201, UInt16(port)), to: Socket(0xC000_0202, UInt16(port + 2000)), ssrc: 0xC, seed: 5)
        cy.send(200..<400, at: 500_000, into: &session.script)
        let gone = SIPScript.metadata(
            "<session session_id=\"S\"/>" + SIPScript.participant("PA", name: "ann", sends: ["T1"]) + SIPScript.stream("T1", label: "1"))
        let new = SIPScript.metadata(
            "<session session_id=\"S\"/>" + SIPScript.participant("PA", name: "ann", sends: ["T1"]) + SIPScript.participant("PC", name: "cy", sends: ["T3"])
                + SIPScript.stream("T1", label: "1") + SIPScript.stream("T3", label: "3"))
        for (time, number, ports, label, document) in [(2_600_000, 2, [4000, 0], "2", gone), (4_400_000, 3, [4000, port], "3", new)] {
            let offer = Self.description("192.0.2.1", ports, "sendonly", labels: ["1", label])
            session.sip.send(
                "INVITE", time, cseq: number, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(offer, document), into: &session.script)
            let answer = Self.description("192.0.2.2", ports.map { $0 == 0 ? 0 : $0 + 2000 }, "recvonly", labels: ["", ""])
            session.sip.send("200", time + 20_000, cseq: number, by: .server, body: answer, into: &session.script)
            session.sip.send("ACK", time + 30_000, cseq: number, method: "ACK", into: &session.script)
        }
        session.sip.close(9_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let recording = try run.only
        let sidecar = try recording.sidecar
        #expect(sidecar.streams.map(\.label) == ["1", "2", "3"])
        #expect(sidecar.streams.map(\.participants) == [["PA"], ["PB"], ["PC"]])
        #expect(sidecar.participants.map(\.files) == [["audio/ann.wav"], ["audio/bob.wav"], ["audio/cy.wav"]])
        #expect(try recording.samples(of: "PB").prefix(16_000) == SessionScript.bob.samples(0..<100)[...])
        #expect(try Array(recording.samples(of: "PC").suffix(32_000)) == cy.samples(200..<400))
        let codes = Set(run.plan.findings.sorted.map(\.rule.code))
        #expect(codes.isDisjoint(with: ["REC034", "REC035", "REC036", "MAT005"]), "\(codes)")
        #expect(sidecar.complete)
    }

    /// Two lines, `bob` on the second one over the whole call; a new description at each time, with metadata.
    private static func change(
        _ source: [(ToneSource, Range<Int>)], first: String = SIPScript.annAndBob, _ changes: [(time: Int, ports: [Int], labels: [String], metadata: String)]
    ) async throws -> MemoryRecording {
        var session = SessionScript()
        session.open(metadata: first)
        SessionScript.ann.send(0..<400, at: 500_000, into: &session.script)
        for (source, range) in source { source.send(range, at: 500_000, into: &session.script) }
        for (number, change) in changes.enumerated() {
            let offer = description("192.0.2.1", change.ports, "sendonly", labels: change.labels)
            let body = SIPScript.multipart(offer, change.metadata)
            session.sip.send("INVITE", change.time, cseq: 2 + number, type: "multipart/mixed;boundary=b", body: body, into: &session.script)
            let answer = description(
                "192.0.2.2", change.ports.map { $0 == 0 ? 0 : $0 + 2000 }, "recvonly", labels: change.labels.map { $0.hasPrefix("-") ? "-" : "" })
            session.sip.send("200", change.time + 20_000, cseq: 2 + number, by: .server, body: answer, into: &session.script)
            session.sip.send("ACK", change.time + 30_000, cseq: 2 + number, method: "ACK", into: &session.script)
        }
        session.sip.close(9_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let codes = Set(run.plan.findings.sorted.map(\.rule.code))
        #expect(codes.isDisjoint(with: ["REC034", "REC035", "REC036", "MAT002", "MAT005"]), "\(codes)")
        return try run.only
    }

    /// Ann, and those who send on other streams, each with its label.
    private static func metadata(_ others: [(id: String, name: String, stream: String, label: String)]) -> String {
        SIPScript.metadata(
            "<session session_id=\"S\"/>" + SIPScript.participant("PA", name: "ann", sends: ["T1"])
                + others.map { SIPScript.participant($0.id, name: $0.name, sends: [$0.stream]) }.joined() + SIPScript.stream("T1", label: "1")
                + others.map { SIPScript.stream($0.stream, label: $0.label) }.joined())
    }

    private static let bob = ("PB", "bob", "T2", "2")

    @Test("a closed line is used again by somebody else, and the source goes on", arguments: ["2", "3"]) func sameSource(label: String) async throws {
        let recording = try await Self.change(
            [(SessionScript.bob, 0..<100), (SessionScript.bob, 200..<400)],
            [(2_600_000, [4000, 0], ["1", "2"], Self.metadata([])), (4_400_000, [4000, 4002], ["1", label], Self.metadata([("PC", "cy", "T3", label)]))])
        #expect(try recording.sidecar.participants.map(\.files) == [["audio/ann.wav"], ["audio/bob.wav"], ["audio/cy.wav"]])
        #expect(try recording.samples(of: "PB").prefix(16_000) == SessionScript.bob.samples(0..<100)[...])
        #expect(try Array(recording.samples(of: "PC").suffix(32_000)) == SessionScript.bob.samples(200..<400))
        let gaps = try recording.sidecar.streams.flatMap { stream in stream.gaps.map { "\(stream.id) \($0.causeWord) \($0.start) \($0.duration.value)" } }
        let isComplete = try recording.sidecar.complete
        #expect(isComplete, "\(gaps)")
    }

    /// What ends and begins with another label, or only in the metadata.
    private static let owners: [(label: String, first: String, metadata: String)] = [
        ("3", SIPScript.annAndBob, metadata([("PC", "cy", "T3", "3")])),
        // Both are named all the time: the label tells whose the line is.
        ("3", metadata([bob, ("PC", "cy", "T3", "3")]), metadata([bob, ("PC", "cy", "T3", "3")])),
        ("2", SIPScript.annAndBob, metadata([("PC", "cy", "T2", "2")])),
        ("2", SIPScript.annAndBob, metadata([("PC", "cy", "T3", "2")])),
    ]

    @Test("a line changes its label or its owner without being closed", arguments: 0..<4, [false, true]) func change(owner: Int, isNewSource: Bool) async throws
    {
        let (label, first, metadata) = Self.owners[owner]
        let cy = ToneSource(from: SessionScript.bob.source, to: SessionScript.bob.destination, ssrc: 0xC, seed: 5)
        let rest = isNewSource ? cy : SessionScript.bob
        let recording = try await Self.change(
            [(SessionScript.bob, 0..<200), (rest, 200..<400)], first: first, [(4_490_000, [4000, 4002], ["1", label], metadata)])
        let bob = try recording.samples(of: "PB"), second = try recording.samples(of: "PC")
        #expect(bob.prefix(32_000) == SessionScript.bob.samples(0..<200)[...] && bob.dropFirst(32_000).allSatisfy { $0 == 0 })
        #expect(second.suffix(32_000) == rest.samples(200..<400)[...] && second.dropLast(32_000).allSatisfy { $0 == 0 })
        #expect(try recording.sidecar.complete)
    }

    @Test("a line is inactive, and then somebody else's", arguments: ["2", "3"], [false, true]) func inactive(label: String, isNewSource: Bool) async throws {
        let cy = ToneSource(from: SessionScript.bob.source, to: SessionScript.bob.destination, ssrc: 0xC, seed: 5)
        let rest = isNewSource ? cy : SessionScript.bob
        let recording = try await Self.change(
            [(SessionScript.bob, 0..<100), (rest, 200..<400)],
            [
                (2_600_000, [4000, 4002], ["1", "-2"], Self.metadata([])),
                (4_400_000, [4000, 4002], ["1", label], Self.metadata([("PC", "cy", "T3", label)])),
            ])
        let bob = try recording.samples(of: "PB"), second = try recording.samples(of: "PC")
        #expect(bob.prefix(16_000) == SessionScript.bob.samples(0..<100)[...] && bob.dropFirst(16_000).allSatisfy { $0 == 0 })
        #expect(second.suffix(32_000) == rest.samples(200..<400)[...] && second.dropLast(32_000).allSatisfy { $0 == 0 })
        let sidecar = try recording.sidecar
        let gaps = sidecar.streams.flatMap { stream in stream.gaps.map { "\(stream.id) \($0.causeWord) \($0.start) \($0.duration.value)" } }
        #expect(sidecar.complete, "\(gaps)")
    }

    @Test("the next call uses the sockets of the one before, and the sources go on", arguments: [(true, true), (false, true), (false, false)])
    func nextCall(sameSource: Bool, isClosed: Bool) async throws {
        var script = CaptureScript()
        let there = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 1, seed: 1)
        var next = there
        if !sameSource { next.ssrc = 7 }
        for (number, time) in [0, 4_200_000].enumerated() {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "call-\(number)@client.test"
            sip.tags = ("c\(number)", "s\(number)")
            sip.open(
                time, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv"),
                answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv"), into: &script)
            if isClosed { sip.close(time + 3_900_000, into: &script) }
        }
        there.send(0..<170, at: 500_000, into: &script)
        next.send(195..<370, at: 500_000, into: &script)
        let run = await Reconstructed.run(script.pcap())
        #expect(run.recordings.count == 2)
        #expect(try run.recordings.first?.samples(of: "caller").prefix(27_200) == there.samples(0..<170)[...])
        let last = try #require(run.recordings.last).samples(of: "caller")
        #expect(last.suffix(28_000) == next.samples(195..<370)[...] && last.dropLast(28_000).allSatisfy { $0 == 0 })
    }
}

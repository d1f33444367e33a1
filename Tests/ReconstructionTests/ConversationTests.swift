import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What becomes one recording.
struct ConversationTests {
    private static let first = "AAAAAAAAAAAAAAAAAAAAAQ=="
    private static let second = "AAAAAAAAAAAAAAAAAAAAAg=="

    static func document(
        session: String, _ people: [(id: String, name: String, stream: String, label: String)], sip: String? = nil, group: String? = nil
    )
        -> String
    {
        var body = group.map { "<group group_id=\"\($0)\"/>" } ?? ""
        body += "<session session_id=\"\(session)\">" + (sip.map { "<sipSessionID>\($0)</sipSessionID>" } ?? "")
        body += (group.map { "<group-ref>\($0)</group-ref>" } ?? "") + "</session>"
        for person in people {
            body += SIPScript.participant(person.id, name: person.name, sends: [person.stream]).replacingSession(with: session)
            body += SIPScript.stream(person.stream, label: person.label).replacingSession(with: session)
        }
        return SIPScript.metadata(body)
    }

    /// A persistent recording session: Ann and Bob for two seconds, three seconds of nothing, Cy and Di for two; the same sources throughout.
    private static func persistent(group: String? = nil) -> CaptureScript {
        var session = SessionScript()
        let begin = document(session: first, [("PA", "ann", "T1", "1"), ("PB", "bob", "T2", "2")], group: group)
        session.open(metadata: begin)
        let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
        func update(_ time: Int, cseq: Int, _ metadata: String) {
            session.sip.send(
                "UPDATE", time, cseq: cseq, method: "UPDATE", type: "multipart/mixed;boundary=b", body: SIPScript.multipart(offer, metadata),
                into: &session.script)
            session.sip.send("200", time + 10_000, cseq: cseq, method: "UPDATE", by: .server, into: &session.script)
        }
        SessionScript.ann.send(0..<350, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<350, at: 500_000, into: &session.script)
        update(2_500_000, cseq: 2, SIPScript.metadata(""))
        update(5_500_000, cseq: 3, document(session: second, [("PC", "cy", "T3", "1"), ("PD", "di", "T4", "2")], group: group))
        session.sip.close(8_000_000, into: &session.script)
        return session.script
    }

    @Test func unrelatedSessionsOfOneRecordingSessionAreRecordingsApart() async throws {
        let run = await Reconstructed.run(Self.persistent().pcap())
        let recordings = run.recordings
        try #require(recordings.count == 2)
        let sidecars = try recordings.map { try $0.sidecar }
        #expect(sidecars.map { $0.participants.map(\.id) } == [["PA", "PB"], ["PC", "PD"]])
        #expect(sidecars.map { $0.sessions.map(\.id) } == [[Self.first], [Self.second]])
        #expect(sidecars[0].id != sidecars[1].id)
        #expect(try recordings[0].samples(of: "PA") == SessionScript.ann.samples(0..<100))
        // From 5.5 s on, the 250th packet of each source.
        #expect(try recordings[1].samples(of: "PC") == SessionScript.ann.samples(250..<350))
        #expect(sidecars[1].streams.flatMap(\.flows).map(\.packets) == [100, 100])
        #expect(run.plan.findings.sorted.contains { $0.rule.code == "MAT008" })
    }

    @Test func aGroupKeepsSessionsTogether() async throws {
        let recording = try await Reconstructed.run(Self.persistent(group: "AAAAAAAAAAAAAAAAAAAAAw==").pcap()).only
        #expect(try recording.sidecar.participants.map(\.id) == ["PA", "PB", "PC", "PD"])
    }

    @Test func byDialogNothingIsCut() async throws {
        var options = ReconstructionOptions()
        options.rule = .dialog
        let recording = try await Reconstructed.run(Self.persistent().pcap(), options: options).only
        #expect(try recording.sidecar.sessions.map(\.id) == [Self.first, Self.second])
    }

    /// A recording session and, beside it, the call that it records.
    private static func withCall(callSeconds: Int, identifier: String) -> CaptureScript {
        let half = "0123456789abcdef0123456789abcdef"
        var session = SessionScript()
        session.open(
            metadata: document(session: first, [("PA", "ann", "T1", "1"), ("PB", "bob", "T2", "2")], sip: "\(half);remote=\(String(half.reversed()))"))
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        var call = SIPScript()
        call.callID = "talk@example.test"
        call.isRecording = false
        call.tags = ("x", "y")
        call.clientUser = "ann"
        call.serverUser = "bob"
        call.send(
            "INVITE", 100_000, cseq: 1, body: SIPScript.description("192.0.2.5", ports: [7000], direction: "sendrecv"), headers: ["Session-ID: \(identifier)"],
            into: &session.script)
        call.send("200", 150_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.6", ports: [7002], direction: "sendrecv"), into: &session.script)
        let talk = ToneSource(from: Socket(0xC000_0205, 7000), to: Socket(0xC000_0206, 7002), ssrc: 0xC, seed: 3)
        let back = ToneSource(from: Socket(0xC000_0206, 7002), to: Socket(0xC000_0205, 7000), ssrc: 0xD, seed: 4)
        talk.send(0..<callSeconds * 50, at: 500_000, into: &session.script)
        back.send(0..<callSeconds * 50, at: 500_000, into: &session.script)
        call.close(600_000 + callSeconds * 1_000_000, into: &session.script)
        return session.script
    }

    @Test func theCommunicationSessionBesideItsRecordingIsNotRecordedTwice() async throws {
        let recording = try await Reconstructed.run(
            Self.withCall(callSeconds: 2, identifier: "0123456789abcdef0123456789abcdef;remote=00000000000000000000000000000000").pcap()
        ).only
        let sidecar = try recording.sidecar
        #expect(sidecar.kind == "siprec")
        #expect(sidecar.dialogs.map(\.callID) == ["call-1@client.test", "talk@example.test"])
        #expect(sidecar.dialogs.map(\.role) == [.recording, .communication])
        #expect(sidecar.dialogs[1].relation?.isEmpty == false)
    }

    @Test(arguments: [(20, "0123456789abcdef0123456789abcdef;remote=00000000000000000000000000000000"), (2, "fedcba98765432100000000000000000;remote=0")])
    func aCallThatLastsLongerOrIsAnotherHasItsOwnRecording(_ seconds: Int, _ identifier: String) async throws {
        let run = await Reconstructed.run(Self.withCall(callSeconds: seconds, identifier: identifier).pcap())
        #expect(try Set(run.recordings.map { try $0.sidecar.kind }) == ["siprec", "call"])
    }

    /// Two branches send early media; the first wins, the second is cancelled.
    @Test func everyBranchOfAForkKeepsItsEarlyMedia() async throws {
        var script = CaptureScript()
        let caller = Socket(0xC000_0201, 5060)
        let branches = [Socket(0xC000_0203, 5060), Socket(0xC000_0204, 5060)]
        func message(_ start: String, _ time: Int, branch: Int, isFromCaller: Bool, tag: String?, cseq: String = "1 INVITE", body: String = "") {
            let line = Int(start) == nil ? "\(start) sip:user\(branch)@example.test SIP/2.0" : "SIP/2.0 \(start) Text"
            let lines = [
                line, "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK\(branch)\(cseq.filter { $0 != " " })", "From: <sip:ann@example.test>;tag=a",
                "To: <sip:group@example.test>" + (tag.map { ";tag=\($0)" } ?? ""), "Call-ID: fork@example.test", "CSeq: \(cseq)",
                "Contact: <sip:\(isFromCaller ? "ann" : "user\(branch)")@host>", body.isEmpty ? "X: y" : "Content-Type: application/sdp",
                "Content-Length: \(body.utf8.count)", "", body,
            ]
            script.datagram(
                time, from: isFromCaller ? caller : branches[branch], to: isFromCaller ? branches[branch] : caller, lines.joined(separator: "\r\n"))
        }
        let offer = SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv")
        for branch in 0...1 { message("INVITE", branch * 1000, branch: branch, isFromCaller: true, tag: nil, body: offer) }
        for branch in 0...1 {
            let answer = SIPScript.description(branch == 0 ? "192.0.2.3" : "192.0.2.4", ports: [6000], direction: "sendrecv")
            message("183", 50_000 + branch * 1000, branch: branch, isFromCaller: false, tag: "b\(branch)", body: answer)
        }
        let sources = [
            ToneSource(from: Socket(0xC000_0203, 6000), to: Socket(0xC000_0201, 4000), ssrc: 0xB0, seed: 5),
            ToneSource(from: Socket(0xC000_0204, 6000), to: Socket(0xC000_0201, 4000), ssrc: 0xB1, seed: 6),
        ]
        sources[0].send(0..<100, at: 100_000, into: &script)
        sources[1].send(0..<50, at: 100_000, into: &script)
        let answer = SIPScript.description("192.0.2.3", ports: [6000], direction: "sendrecv")
        message("200", 1_110_000, branch: 0, isFromCaller: false, tag: "b0", body: answer)
        message("487", 1_120_000, branch: 1, isFromCaller: false, tag: "b1")
        message("ACK", 1_130_000, branch: 0, isFromCaller: true, tag: "b0", cseq: "1 ACK")
        message("BYE", 2_200_000, branch: 0, isFromCaller: true, tag: "b0", cseq: "2 BYE")
        let recording = try await Reconstructed.run(script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants.map(\.id) == ["caller", "callee", "callee-2"])
        #expect(sidecar.participants[2].aor == "sip:user1@example.test")
        #expect(try recording.samples(of: "callee") == sources[0].samples(0..<100))
        #expect(try recording.samples(of: "callee-2").prefix(8000) == sources[1].samples(0..<50)[...])
    }
}

extension String {
    /// The helpers of `SIPScript` name the session S.
    fileprivate func replacingSession(with id: String) -> String {
        split(separator: "session_id=\"S\"", omittingEmptySubsequences: false).joined(separator: "session_id=\"\(id)\"")
    }
}

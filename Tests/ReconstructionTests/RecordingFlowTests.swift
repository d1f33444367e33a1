import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Message flows of recording sessions (RFC 8068, RFC 7245, RFC 7866): who is in the recording, when, and with which sound.
struct RecordingFlowTests {
    private static let first = "AAAAAAAAAAAAAAAAAAAAAQ=="
    private static let second = "AAAAAAAAAAAAAAAAAAAAAg=="
    private static let group = "AAAAAAAAAAAAAAAAAAAAAw=="

    private typealias Person = (id: String, name: String, stream: String, label: String)
    private static let (ann, bob, cy): (Person, Person, Person) = (("PA", "ann", "T1", "1"), ("PB", "bob", "T2", "2"), ("PC", "cy", "T3", "1"))

    /// A document with one session, whoever is in it, and their streams.
    private static func document(
        _ session: String, _ people: [Person], group: String? = nil, mode: String = "complete", inSession: String = "", sip: String? = nil
    ) -> String {
        var body = group.map { "<group group_id=\"\($0)\"/>" } ?? ""
        body += "<session session_id=\"\(session)\">" + (sip.map { "<sipSessionID>\($0)</sipSessionID>" } ?? "")
        body += (group.map { "<group-ref>\($0)</group-ref>" } ?? "") + inSession + "</session>"
        for person in people {
            body += (SIPScript.participant(person.id, name: person.name, sends: [person.stream]) + SIPScript.stream(person.stream, label: person.label))
                .replacing("session_id=\"S\"", with: "session_id=\"\(session)\"")
        }
        return SIPScript.metadata(body, mode: mode)
    }

    private static func offer(_ ports: [Int] = [4000, 4002], direction: String = "sendonly") -> String {
        SIPScript.description("192.0.2.1", ports: ports, direction: direction, labels: true)
    }

    private static func answer(_ ports: [Int] = [6000, 6002], direction: String = "recvonly", from address: String = "192.0.2.2") -> String {
        SIPScript.description(address, ports: ports, direction: direction)
    }

    /// A request of the recording client with metadata, and the answer to it.
    private static func update(
        _ session: inout SessionScript, _ time: Int, cseq: Int, method: String = "UPDATE", offer: String? = nil, _ metadata: String, answer: String = ""
    ) {
        session.sip.send(
            method, time, cseq: cseq, method: method, type: offer == nil ? "application/rs-metadata+xml" : "multipart/mixed;boundary=b",
            body: offer.map { SIPScript.multipart($0, metadata) } ?? metadata, into: &session.script)
        session.sip.send("200", time + 10_000, cseq: cseq, method: method, by: .server, body: answer, into: &session.script)
    }

    private static func speak(_ session: inout SessionScript, _ numbers: Range<Int> = 0..<200) {
        SessionScript.ann.send(numbers, at: 500_000, into: &session.script)
        SessionScript.bob.send(numbers, at: 500_000, into: &session.script)
    }

    @Test("2: video is a stream of its own of who sends it")
    func audioAndVideo() async throws {
        var session = SessionScript()
        func video(_ port: Int, _ label: String) -> String { "m=video \(port) RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n\(label)" }
        let document = SIPScript.metadata(
            "<session session_id=\"S\"/>" + SIPScript.participant("PA", name: "ann", sends: ["T1", "T3"])
                + SIPScript.participant("PB", name: "bob", sends: ["T2"]) + SIPScript.stream("T1", label: "1") + SIPScript.stream("T2", label: "2")
                + SIPScript.stream("T3", label: "96"))
        session.sip.open(
            0, offer: Self.offer() + video(4004, "a=sendonly\r\na=label:96\r\n"), answer: Self.answer() + video(6004, "a=recvonly\r\n"), metadata: document,
            into: &session.script)
        Self.speak(&session, 0..<100)
        var camera = ToneSource(from: Socket(0xC000_0201, 4004), to: Socket(0xC000_0202, 6004), ssrc: 0xE, seed: 9)
        camera.payloadType = 97
        camera.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.streams.map(\.media) == ["audio", "audio", "video"])
        #expect(sidecar.streams.map(\.participants) == [["PA"], ["PB"], ["PA"]])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(sidecar.streams[2].flows.map(\.packets) == [100])
    }

    @Test("10: a transfer to a new communication session on the same recording session is one conversation")
    func transferToANewSession() async throws {
        var session = SessionScript()
        session.open(metadata: Self.document(Self.first, [Self.ann, Self.bob]))
        Self.speak(&session)
        Self.update(&session, 2_500_000, cseq: 2, offer: Self.offer(), Self.document(Self.second, [Self.cy, Self.bob]), answer: Self.answer())
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.sessions.map(\.id) == [Self.first, Self.second])
        #expect(sidecar.participants.map(\.id).sorted() == ["PA", "PB", "PC"])
        #expect(try recording.samples(of: "PA").prefix(16_000) == SessionScript.ann.samples(0..<100)[...])
        #expect(try recording.samples(of: "PC").suffix(16_000) == SessionScript.ann.samples(100..<200)[...])
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<200))
        // Bob is in both, so he neither leaves nor joins.
        let events = sidecar.events.filter { [.join, .leave, .transfer].contains($0.type) }
        #expect(events.map { "\($0.type.rawValue) \($0.participants)" } == ["transfer [\"PA\", \"PC\"]", "join [\"PC\"]", "leave [\"PA\"]"])
    }

    /// Two recording sessions, the second shifted by `shift` and to another server.
    private static func twoSessions(
        _ one: String, _ other: String, shift: Int, isFirstClosed: Bool = true, ssrcs: UInt32 = 32, headers: [String] = [],
        lost: (Set<Int>, Set<Int>) = ([], []), numbers: Range<Int> = 0..<100
    ) -> [UInt8] {
        var script = CaptureScript()
        for (number, metadata) in [one, other].enumerated() {
            var session = SessionScript()
            session.sip.callID = "rs-\(number)@client.test"
            session.sip.tags = ("c\(number)", "s\(number)")
            let (from, to) = ([4000 + number * 100, 4002 + number * 100], [6000 + number * 100, 6002 + number * 100])
            session.sip.send(
                "INVITE", 0, cseq: 1, type: "multipart/mixed;boundary=b",
                body: SIPScript.multipart(SIPScript.description("192.0.2.1", ports: from, direction: "sendonly", labels: true), metadata), headers: headers,
                into: &session.script)
            session.sip.send(
                "200", 50_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.2", ports: to, direction: "recvonly"), into: &session.script)
            session.sip.send("ACK", 100_000, cseq: 1, method: "ACK", into: &session.script)
            for (index, source) in [SessionScript.ann, SessionScript.bob].enumerated() {
                var own = source
                own.source = Socket(0xC000_0201, UInt16(from[index]))
                own.destination = Socket(0xC000_0202, UInt16(to[index]))
                own.ssrc += UInt32(number) * ssrcs
                own.send(numbers, at: 500_000, without: number == 0 ? lost.0 : lost.1, into: &session.script)
            }
            if number == 1 || isFirstClosed { session.sip.close(3_000_000, into: &session.script) }
            for frame in session.script.frames { script.add(frame.octets, at: frame.microseconds + number * shift) }
        }
        return script.pcap()
    }

    @Test("11, 23: a recording session that goes on at another server is one recording with a gap", arguments: [true, false])
    func failover(isClosed: Bool) async throws {
        let capture = Self.twoSessions(
            Self.document(Self.first, [Self.ann, Self.bob]), Self.document(Self.first, [Self.ann, Self.bob]), shift: 5_000_000, isFirstClosed: isClosed)
        let recording = try await Reconstructed.run(capture).only
        let sidecar = try recording.sidecar
        #expect(sidecar.dialogs.map(\.callID) == ["rs-0@client.test", "rs-1@client.test"])
        #expect(sidecar.participants.map(\.id) == ["PA", "PB"])
        let samples = try recording.samples(of: "PA")
        #expect(samples.prefix(16_000) == SessionScript.ann.samples(0..<100)[...])
        #expect(samples.suffix(16_000) == SessionScript.ann.samples(0..<100)[...])
        // Five seconds from begin to begin.
        #expect(samples.count == 56_000)
    }

    @Test("12: consultation beside the call that is transferred: a group ties them together")
    func attendedTransfer() async throws {
        let capture = Self.twoSessions(
            Self.document(Self.first, [Self.ann, Self.bob], group: Self.group),
            Self.document(Self.second, [Self.bob, Self.cy].map { ($0.id, $0.name, $0.stream, $0.id == "PB" ? "1" : "2") }, group: Self.group), shift: 1_000_000)
        let recording = try await Reconstructed.run(capture).only
        #expect(try recording.sidecar.participants.map(\.id).sorted() == ["PA", "PB", "PC"])
        #expect(try Set(recording.sidecar.sessions.map(\.groupID)) == [Self.group])
        // Bob is in both at once: one file each, never a sum.
        #expect(try recording.sidecar.files.filter { $0.participants == ["PB"] }.count == 2)
    }

    @Test("13, 14, 31: people come and go in complete documents")
    func rosterOfSnapshots() async throws {
        var session = SessionScript()
        session.open(metadata: Self.document(Self.first, [Self.ann, Self.bob]))
        Self.speak(&session)
        Self.update(&session, 1_500_000, cseq: 2, offer: Self.offer(), Self.document(Self.first, [Self.cy, Self.bob]), answer: Self.answer())
        session.sip.close(5_000_000, into: &session.script)
        let events = try await Reconstructed.run(session.script.pcap()).only.sidecar.events
        #expect(events.filter { $0.type == .leave }.map(\.participants) == [["PA"]])
        #expect(events.filter { $0.type == .join }.map(\.participants) == [["PC"]])
        #expect(events.filter { $0.type == .transfer }.map(\.detail) == [["from": "PA", "to": "PC"]])
    }

    @Test("15: metadata in BYE ends the communication session at its own time")
    func metadataInBye() async throws {
        var session = SessionScript()
        session.open(metadata: Self.document(Self.first, [Self.ann, Self.bob]))
        Self.speak(&session, 0..<100)
        session.sip.send(
            "BYE", 3_000_000, cseq: 90, method: "BYE", type: "application/rs-metadata+xml",
            body: Self.document(Self.first, [], mode: "partial", inSession: "<stop-time>2026-01-01T00:00:02.75Z</stop-time>"), into: &session.script)
        session.sip.send("200", 3_010_000, cseq: 90, method: "BYE", by: .server, into: &session.script)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.sessions.map(\.statedEnd) == ["2026-01-01T00:00:02.750000000Z"])
        #expect(sidecar.dialogs.map(\.endedBy) == ["client"] && sidecar.participants.count == 2)
    }

    @Test("17: two sessions on one mixed stream are one track that names all")
    func turret() async throws {
        var session = SessionScript()
        let people: [(String, String, String)] = [("PA", "ann", Self.first), ("PB", "bob", Self.first), ("PC", "cy", Self.second)]
        var body = "<group group_id=\"\(Self.group)\"/>"
        for id in [Self.first, Self.second] { body += "<session session_id=\"\(id)\"><group-ref>\(Self.group)</group-ref></session>" }
        for (id, name, own) in people {
            body += SIPScript.participant(id, name: name, sends: ["T1"]).replacing("session_id=\"S\"", with: "session_id=\"\(own)\"")
        }
        session.open(metadata: SIPScript.metadata(body + "<stream stream_id=\"T1\"><label>1</label></stream>"), ports: 1)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let file = try #require(try recording.sidecar.files.first { $0.role == .mix })
        #expect(file.participants == ["PA", "PB", "PC"])
        #expect(try recording.sidecar.sessions.count == 2)
    }

    @Test("18: an update of metadata alone changes names and no media")
    func metadataOnly() async throws {
        var session = SessionScript()
        session.open()
        Self.speak(&session)
        let name = "<participant participant_id=\"PA\"><nameID aor=\"sip:ann@example.test\"><name>Ann Abel</name></nameID></participant>"
        Self.update(&session, 2_000_000, cseq: 2, SIPScript.metadata(name, mode: "partial"))
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.sidecar.participants[0].names.map(\.value) == ["ann", "Ann Abel"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<200))
        #expect(try recording.sidecar.streams.allSatisfy(\.gaps.isEmpty))
    }

    @Test("19: a snapshot that was asked for confirms what was known")
    func snapshotRequest() async throws {
        var session = SessionScript()
        session.open()
        Self.speak(&session)
        session.sip.send(
            "UPDATE", 2_000_000, cseq: 7, by: .server, type: "application/rs-metadata+xml",
            body: "<requestsnapshot xmlns=\"urn:ietf:params:xml:ns:recording:1\"/>", headers: ["Content-Disposition: recording-session"],
            into: &session.script)
        session.sip.send("200", 2_010_000, cseq: 7, method: "UPDATE", into: &session.script)
        Self.update(&session, 2_100_000, cseq: 2, method: "INVITE", offer: Self.offer(), SIPScript.annAndBob, answer: Self.answer())
        session.sip.close(5_000_000, into: &session.script)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.participants.map { $0.sessions.count } == [1, 1])
        #expect(sidecar.events.filter { $0.type == .join || $0.type == .leave }.isEmpty)
        #expect(!sidecar.findings.contains { $0.rule == "REC010" || $0.rule == "REC009" })
    }

    @Test("20, 27: a line that is added when the callee answers is a track from there on")
    func lineIsAdded() async throws {
        var session = SessionScript()
        session.open(metadata: Self.document(Self.first, [Self.ann]), ports: 1)
        SessionScript.ann.send(0..<200, at: 500_000, into: &session.script)
        Self.update(
            &session, 2_400_000, cseq: 2, method: "INVITE", offer: Self.offer(), Self.document(Self.first, [Self.ann, Self.bob]), answer: Self.answer())
        SessionScript.bob.send(100..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<200))
        #expect(try recording.samples(of: "PB") == silence(16_000) + SessionScript.bob.samples(100..<200))
        #expect(try recording.sidecar.events.filter { $0.type == .join }.map(\.participants) == [["PB"]])
    }

    @Test("21: the server calls the client: offer and metadata are in the answer")
    func serverInitiated() async throws {
        var session = SessionScript()
        // Client is who calls: here the recording server.
        session.sip.client = Socket(0xC000_0202, 5060)
        session.sip.server = Socket(0xC000_0201, 5060)
        session.sip.isRecording = false
        session.sip.send("INVITE", 0, cseq: 1, headers: ["Require: siprec"], into: &session.script)
        session.sip.send(
            "200", 50_000, cseq: 1, by: .server, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer(), SIPScript.annAndBob),
            into: &session.script)
        session.sip.send("ACK", 100_000, cseq: 1, method: "ACK", body: Self.answer(), into: &session.script)
        Self.speak(&session, 0..<100)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.sidecar.kind == "siprec" && recording.sidecar.participants.map(\.id) == ["PA", "PB"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<100))
    }

    @Test("24: two recorders get the same packets, and each fills the other's holes")
    func twoRecorders() async throws {
        let document = Self.document(Self.first, [Self.ann, Self.bob])
        let capture = Self.twoSessions(document, document, shift: 3000, ssrcs: 0, lost: ([10, 11, 50], [11, 30, 31, 32]))
        let run = await Reconstructed.run(capture)
        let recording = try run.only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants.map(\.id) == ["PA", "PB"])
        // Only what both lost is lost.
        let expected = SessionScript.ann.samples(0..<11) + silence(160) + SessionScript.ann.samples(12..<100)
        #expect(try recording.samples(of: "PA") == expected)
        let flows = sidecar.streams.flatMap(\.flows)
        #expect(flows.map(\.packets) == [99, 99] && flows.map(\.lost) == [1, 1] && flows.map(\.duplicates) == [0, 0])
        #expect(flows.map { $0.twins?.map(\.packets) } == [[96], [96]])
        #expect(run.plan.findings.sorted.contains { $0.rule.code == "MAT012" })
    }

    @Test("24: what is not the same octet by octet is not joined")
    func twoRecordersOfTheirOwn() async throws {
        let document = Self.document(Self.first, [Self.ann, Self.bob])
        let recording = try await Reconstructed.run(Self.twoSessions(document, document, shift: 3000)).only
        #expect(try recording.sidecar.files.filter { $0.participants == ["PA"] }.count == 2)
        #expect(try recording.sidecar.streams.flatMap(\.flows).allSatisfy { $0.twins == nil })
    }

    @Test("25: both ends record: session identifiers of both ends, or a universal call identifier, join two viewpoints", arguments: [0, 1, 2, 3])
    func bothEndsRecord(_ kind: Int) async throws {
        let (a, b) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
        let sips = [("\(a);remote=\(b)", "\(b);remote=\(a)"), ("\(a);remote=\(b)", "\(a);remote=\(String(a.reversed()))x"), ("", ""), ("", "")][kind]
        let ucid = ["", "", "00FA080001000758A20EFA;encoding=hex", "something of their own"][kind]
        let extra = kind == 2 ? ["User-to-User: \(ucid)"] : kind == 3 ? ["User-to-User: \(ucid)"] : []
        let run = await Reconstructed.run(
            Self.twoSessions(
                Self.document(Self.first, [Self.ann, Self.bob], sip: sips.0.isEmpty ? nil : sips.0),
                Self.document(
                    Self.second, [("QA", "ann", "U1", "1"), ("QB", "bob", "U2", "2")], sip: sips.1.isEmpty ? nil : sips.1), shift: 3000, headers: extra))
        // A half in common is a transfer's or a consultation's, and free text is anything.
        #expect(run.recordings.count == (kind == 0 || kind == 2 ? 1 : 2))
        if run.recordings.count == 1 { #expect(try run.only.sidecar.participants.map(\.id) == ["PA", "PB", "QA", "QB"]) }
    }

    @Test("26: recording that begins in the middle of the call keeps the time that the call began")
    func selective() async throws {
        var session = SessionScript()
        session.open(metadata: Self.document(Self.first, [Self.ann, Self.bob], inSession: "<start-time>2025-12-31T23:55:00Z</start-time>"))
        Self.speak(&session, 0..<100)
        session.sip.close(3_000_000, into: &session.script)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.sessions.first?.statedStart == "2025-12-31T23:55:00.000000000Z")
        #expect(sidecar.start == "2026-01-01T00:00:00.500000000Z" && sidecar.events.allSatisfy { $0.offset >= -1 })
    }

    @Test("28: what is said of recording, and what is wished, is told with its time")
    func recordingPreference() async throws {
        var session = SessionScript()
        session.sip.isRecording = false
        let extra = ["a=record:on"]
        session.sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv", extra: extra),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv", extra: ["a=recordpref:pause"]), into: &session.script)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        session.sip.send(
            "INVITE", 1_000_000, cseq: 2, body: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv", extra: ["a=record:paused"]),
            into: &session.script)
        session.sip.send(
            "200", 1_050_000, cseq: 2, by: .server, body: SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv"), into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let events = try await Reconstructed.run(session.script.pcap()).only.sidecar.events
        let told = events.filter { $0.type.rawValue.hasPrefix("recording-") }
        #expect(
            told.map { "\($0.type.rawValue) \($0.detail["value"] ?? "") \($0.participants.joined())" } == [
                "recording-indication on caller", "recording-preference pause callee", "recording-indication paused caller",
            ])
    }

    @Test("a recording session that nobody answered is told, although there is nothing to render", arguments: [nil, "486"])
    func unrecordedCall(status: String?) async throws {
        var session = SessionScript()
        session.sip.send(
            "INVITE", 0, cseq: 1, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer(), SIPScript.annAndBob), into: &session.script)
        if let status { session.sip.send(status, 50_000, cseq: 1, by: .server, into: &session.script) }
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.recordings.isEmpty)
        #expect(run.survey.findings.sorted.contains { $0.rule.code == (status == nil ? "DLG009" : "DLG002") })
    }
}

import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Who sends and who hears which stream and when, stated or assumed (RFC 7865 section 6.8), and the times that the metadata itself states.
struct WhoHeardTests {
    /// `stream from-until` in seconds from the capture's begin, `?` where assumed.
    private static func words(_ uses: [ParticipantRecord.Association]) throws -> [String] {
        try uses.map { use in
            func second(_ text: String?) throws -> String {
                guard let text else { return "" }
                let time = try #require(CaptureTime.parse(text)?.time)
                return "\(Int(time.seconds(since: CaptureTime(seconds: Double(CaptureScript.epoch)))))"
            }
            return "\(use.stream) \(try second(use.start))-\(try second(use.end))\(use.assumed == true ? "?" : "")"
        }
    }

    private static func record(_ documents: [(time: Int, text: String)], _ end: Int = 5_000_000) async throws -> RecordingRecord {
        var session = SessionScript()
        session.open(metadata: documents[0].text)
        for (number, document) in documents.dropFirst().enumerated() {
            session.sip.send(
                "UPDATE", document.time, cseq: 2 + number, method: "UPDATE", type: "application/rs-metadata+xml", body: document.text, into: &session.script)
            session.sip.send("200", document.time + 10_000, cseq: 2 + number, method: "UPDATE", by: .server, into: &session.script)
        }
        SessionScript.ann.send(0..<200, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<200, at: 500_000, into: &session.script)
        session.sip.close(end, into: &session.script)
        return try await Reconstructed.run(session.script.pcap()).only.sidecar
    }

    private static let heading = "<session session_id=\"S\"/>" + SIPScript.stream("T1", label: "1") + SIPScript.stream("T2", label: "2")

    private static func person(_ id: String, _ uses: String, membership: String = "") -> String {
        "<participant participant_id=\"\(id)\"><nameID aor=\"sip:\(id)@example.test\"/></participant>"
            + "<participantsessionassoc participant_id=\"\(id)\" session_id=\"S\">\(membership)</participantsessionassoc>"
            + "<participantstreamassoc participant_id=\"\(id)\">\(uses)</participantstreamassoc>"
    }

    @Test("what the metadata says of receivers is taken as it is, with the times that it states")
    func statedReceivers() async throws {
        let times = "<associate-time>2026-01-01T00:00:07Z</associate-time>"
        let hold =
            "<participantstreamassoc participant_id=\"PA\"><recv>T2</recv></participantstreamassoc>"
            + "<participantstreamassoc participant_id=\"PB\"><send>T2</send></participantstreamassoc>"
        let sidecar = try await Self.record([
            (
                0,
                SIPScript.metadata(
                    Self.heading + Self.person("PA", "<send>T1</send><recv>T2</recv>\(times)") + Self.person("PB", "<send>T2</send><recv>T1</recv>"))
            ),
            (2_000_000, SIPScript.metadata(hold, mode: "partial")),
        ])
        #expect(sidecar.participants.map(\.id) == ["PA", "PB"])
        let (ann, bob) = (sidecar.participants[0], sidecar.participants[1])
        #expect(try Self.words(ann.sends) == ["s1 0-2"] && Self.words(ann.receives) == ["s2 0-5"])
        #expect(try Self.words(bob.sends) == ["s2 0-5"] && Self.words(bob.receives) == ["s1 0-2"])
        #expect(ann.sends.map(\.statedStart) == ["2026-01-01T00:00:07.000000000Z"] && ann.receives[0].statedStart == ann.sends[0].statedStart)
        #expect(bob.sends.map(\.statedStart) == [nil])
    }

    @Test("where nobody is said to receive anything, everybody in the session hears the others; that is marked")
    func assumedReceivers() async throws {
        let joined =
            "<participant participant_id=\"PC\"><nameID aor=\"sip:c@example.test\"/></participant>"
            + "<participantsessionassoc participant_id=\"PC\" session_id=\"S\"><associate-time>2026-01-01T00:00:02Z</associate-time></participantsessionassoc>"
        let left =
            "<participantsessionassoc participant_id=\"PA\" session_id=\"S\"><disassociate-time>2026-01-01T00:00:03Z</disassociate-time>"
            + "</participantsessionassoc>"
        let sidecar = try await Self.record([
            (0, SIPScript.metadata(Self.heading + Self.person("PA", "<send>T1</send>") + Self.person("PB", "<send>T2</send>"))),
            (2_000_000, SIPScript.metadata(joined, mode: "partial")), (3_000_000, SIPScript.metadata(left, mode: "partial")),
        ])
        let receives = try sidecar.participants.map { try Self.words($0.receives) }
        // Who left hears nothing more; who came hears from then on.
        #expect(receives == [["s2 0-3?"], ["s1 0-5?"], ["s1 2-5?", "s2 2-5?"]])
        #expect(try sidecar.participants.map { try Self.words($0.sends) } == [["s1 0-3"], ["s2 0-5"], []])
    }

    @Test("one stated receiver shows that the client states them: then nothing is assumed")
    func someReceivers() async throws {
        let sidecar = try await Self.record([
            (0, SIPScript.metadata(Self.heading + Self.person("PA", "<send>T1</send><recv>T2</recv>") + Self.person("PB", "<send>T2</send>")))
        ])
        #expect(try sidecar.participants.map { try Self.words($0.receives) } == [["s2 0-5"], []])
    }

    @Test("streams of a session that one is not in are not heard")
    func otherSessions() async throws {
        let two =
            "<session session_id=\"S\"/><session session_id=\"U\"/>" + SIPScript.stream("T1", label: "1")
            + "<stream stream_id=\"T2\" session_id=\"U\"><label>2</label></stream>"
        let far = Self.person("PB", "<send>T2</send>").replacing("session_id=\"S\"", with: "session_id=\"U\"")
        let sidecar = try await Self.record([(0, SIPScript.metadata(two + Self.person("PA", "<send>T1</send>") + far))])
        #expect(sidecar.participants.allSatisfy(\.receives.isEmpty) && sidecar.participants.count == 2)
    }

    @Test("senders by position are listed as assumed")
    func byPosition() async throws {
        let people = ["PA", "PB"].map { Self.person($0, "").replacing("<participantstreamassoc participant_id=\"\($0)\"></participantstreamassoc>", with: "") }
        let sidecar = try await Self.record([(0, SIPScript.metadata(Self.heading + people.joined()))])
        #expect(sidecar.streams.map { $0.binding?.basis } == ["position", "position"])
        #expect(try sidecar.participants.map { try Self.words($0.sends) } == [["s1 0-5?"], ["s2 0-5?"]])
        #expect(try sidecar.participants.map { try Self.words($0.receives) } == [["s2 0-5?"], ["s1 0-5?"]])
    }

    @Test("a mixed stream that one sends to oneself is not heard by assumption")
    func mixed() async throws {
        let one = "<session session_id=\"S\"/>" + SIPScript.stream("T1", label: "1")
        var session = SessionScript()
        session.open(metadata: SIPScript.metadata(one + Self.person("PA", "<send>T1</send>") + Self.person("PB", "<send>T1</send>")), ports: 1)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.participants.map(\.sends.count) == [1, 1] && sidecar.participants.allSatisfy(\.receives.isEmpty))
    }

    @Test("ids that are no identifiers of the world do not make one person of two")
    func strangers() async throws {
        var script = CaptureScript()
        // Two recording sessions of one communication session, each with an id `1` of its own.
        for (number, name) in ["ann", "bob"].enumerated() {
            var session = SessionScript()
            session.sip.callID = "rs-\(number)@client.test"
            session.sip.tags = ("c\(number)", "s\(number)")
            let metadata = SIPScript.metadata(
                "<session session_id=\"AAAAAAAAAAAAAAAAAAAAAQ==\"/>"
                    + (SIPScript.participant("1", name: name, sends: ["T"]) + SIPScript.stream("T", label: "1")).replacing(
                        "\"S\"", with: "\"AAAAAAAAAAAAAAAAAAAAAQ==\""))
            let ports = (4000 + number * 100, 6000 + number * 100)
            session.sip.open(
                0, offer: SIPScript.description("192.0.2.1", ports: [ports.0], direction: "sendonly", labels: true),
                answer: SIPScript.description("192.0.2.2", ports: [ports.1], direction: "recvonly"), metadata: metadata, into: &session.script)
            let source = ToneSource(
                from: Socket(0xC000_0201, UInt16(ports.0)), to: Socket(0xC000_0202, UInt16(ports.1)), ssrc: 0xA + UInt32(number), seed: 1 + number)
            source.send(0..<100, at: 500_000, into: &session.script)
            session.sip.close(3_000_000, into: &session.script)
            for frame in session.script.frames { script.add(frame.octets, at: frame.microseconds) }
        }
        let recording = try await Reconstructed.run(script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants.map(\.id) == ["1", "1 (2)"])
        #expect(sidecar.participants.map(\.aor) == ["sip:ann@example.test", "sip:bob@example.test"])
        #expect(try recording.samples(of: "1") == SessionScript.ann.samples(0..<100) && recording.samples(of: "1 (2)") == SessionScript.bob.samples(0..<100))
    }
}

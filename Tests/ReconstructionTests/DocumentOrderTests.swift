import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Which documents of a recording session count, in what order, and how often.
struct DocumentOrderTests {
    private static let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
    private static let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly")
    private static let metadata = "application/rs-metadata+xml"

    private static func speak(_ session: inout SessionScript) {
        SessionScript.ann.send(0..<200, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
    }

    private static func renamed(_ name: String) -> String {
        SIPScript.metadata(
            "<participant participant_id=\"PA\"><nameID aor=\"sip:ann@example.test\"><name>\(name)</name></nameID></participant>", mode: "partial")
    }

    private static func told(_ sidecar: RecordingRecord) -> [String] {
        sidecar.events.filter { $0.type == .metadata || $0.type.rawValue == "snapshot-request" }.map { event in
            "\(event.type.rawValue) \(event.detail["document"] ?? "") \(event.detail["mode"] ?? "-") \(event.detail["applied"] == nil ? "yes" : "no")"
        }
    }

    /// Cy, who is described in a request that is refused, and whom the next one only refers to.
    private static let cy = SIPScript.participant("PC", name: "cy", sends: ["T2"])
    private static let onlyCy = "<participantstreamassoc participant_id=\"PC\"><send>T2</send></participantstreamassoc>"

    @Test("a refused document is kept and told, but changes nothing", arguments: ["491", "500", "488"])
    func refused(status: String) async throws {
        var session = SessionScript()
        session.open()
        session.sip.send(
            "INVITE", 2_000_000, cseq: 2, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer, Self.renamed("wrong")),
            into: &session.script)
        session.sip.send(status, 2_010_000, cseq: 2, by: .server, into: &session.script)
        Self.speak(&session)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants[0].names.map(\.value) == ["ann"])
        #expect(Self.told(sidecar) == ["metadata 1 complete yes", "metadata 2 partial no"])
        #expect(sidecar.files.filter { $0.role == .metadata }.map(\.path) == ["metadata/0001.xml", "metadata/0002.xml"])
        #expect(recording.files["metadata/0002.xml"].map { String(decoding: $0, as: UTF8.self).contains("wrong") } == true)
        #expect(!sidecar.findings.contains { $0.rule == "MET046" })
    }

    @Test("what a client refers to although its description was refused is taken from there")
    func reliedOn() async throws {
        var session = SessionScript()
        session.open()
        session.sip.send(
            "UPDATE", 2_000_000, cseq: 2, method: "UPDATE", type: Self.metadata, body: SIPScript.metadata(Self.cy, mode: "partial"), into: &session.script)
        session.sip.send("500", 2_010_000, cseq: 2, method: "UPDATE", by: .server, into: &session.script)
        session.sip.send(
            "UPDATE", 3_000_000, cseq: 3, method: "UPDATE", type: Self.metadata, body: SIPScript.metadata(Self.onlyCy, mode: "partial"), into: &session.script)
        session.sip.send("200", 3_010_000, cseq: 3, method: "UPDATE", by: .server, into: &session.script)
        Self.speak(&session)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        let cy = try #require(sidecar.participants.first { $0.id == "PC" })
        #expect(cy.names.map(\.value) == ["cy"] && cy.confidence == "signalled")
        #expect(cy.sends.map(\.start) == ["2026-01-01T00:00:03.000000000Z"])
        #expect(sidecar.findings.filter { $0.rule == "MET046" }.count == 1)
    }

    @Test("documents apply in the order of CSeq where the capture has packets the other way round, else as they came", arguments: [300_000, 3_000_000])
    func order(delay: Int) async throws {
        var session = SessionScript()
        session.open()
        for (cseq, time) in [(2, 1_500_000 + delay), (3, 1_500_000)] {
            session.sip.send(
                "UPDATE", time, cseq: cseq, method: "UPDATE", type: Self.metadata, body: Self.renamed("name \(cseq)"), into: &session.script)
        }
        Self.speak(&session)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.participants[0].names.map(\.value) == (delay < 1_000_000 ? ["ann", "name 2", "name 3"] : ["ann", "name 3", "name 2"]))
        #expect(sidecar.findings.contains { $0.rule == "REC013" })
        // The number is that of the file, whatever the order.
        #expect(Set(Self.told(sidecar)) == ["metadata 1 complete yes", "metadata 2 partial yes", "metadata 3 partial yes"])
    }

    @Test("a request for a snapshot has a file and an event of its own")
    func request() async throws {
        var session = SessionScript()
        session.open()
        session.sip.send(
            "UPDATE", 2_000_000, cseq: 7, by: .server, type: Self.metadata, body: "<requestsnapshot xmlns=\"urn:ietf:params:xml:ns:recording:1\"/>",
            into: &session.script)
        session.sip.send("200", 2_010_000, cseq: 7, method: "UPDATE", into: &session.script)
        session.sip.send(
            "INVITE", 2_100_000, cseq: 2, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer, SIPScript.annAndBob), into: &session.script)
        session.sip.send("200", 2_110_000, cseq: 2, by: .server, body: Self.answer, into: &session.script)
        Self.speak(&session)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(Self.told(sidecar) == ["metadata 1 complete yes", "snapshot-request 2 - yes", "metadata 3 complete yes"])
    }

    /// The INVITE and its answers on both sides of a proxy, with another Via and Record-Route on the second hop.
    @Test("a message that a proxy sent on is one message with one document")
    func proxied() async throws {
        var session = SessionScript()
        session.open()
        Self.speak(&session)
        var script = CaptureScript()
        for frame in session.script.frames {
            script.add(frame.octets, at: frame.microseconds)
            let text = String(decoding: frame.octets.dropFirst(42), as: UTF8.self)
            guard text.contains("SIP/2.0") else { continue }
            let isBack = text.hasPrefix("SIP/2.0")
            let changed =
                isBack
                ? text
                : text.replacing(
                    "\r\nVia:", with: "\r\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKproxy\(frame.microseconds)\r\nRecord-Route: <sip:192.0.2.9;lr>\r\nVia:")
            let (from, to) = isBack ? (Socket(0xC000_0202, 5060), Socket(0xC000_0209, 5060)) : (Socket(0xC000_0209, 5060), Socket(0xC000_0202, 5060))
            script.datagram(frame.microseconds + 700, from: from, to: to, changed)
        }
        let recording = try await Reconstructed.run(script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(Self.told(sidecar) == ["metadata 1 complete yes"])
        #expect(sidecar.files.filter { $0.role == .metadata }.count == 1 && sidecar.participants.map(\.id) == ["PA", "PB"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<200))
    }

    @Test("branches of a forked INVITE do not make labels doubtful")
    func forked() async throws {
        var session = SessionScript()
        session.sip.send(
            "INVITE", 0, cseq: 1, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer, SIPScript.annAndBob), into: &session.script)
        let loser = session.sip
        var other = loser
        other.tags.server = "loser"
        other.send(
            "183", 20_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.8", ports: [7000, 7002], direction: "recvonly"), into: &session.script)
        session.sip.send("200", 50_000, cseq: 1, by: .server, body: Self.answer, into: &session.script)
        session.sip.send("ACK", 60_000, cseq: 1, method: "ACK", into: &session.script)
        Self.speak(&session)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.streams.map { $0.binding?.basis } == ["label", "label"])
        #expect(sidecar.participants.map(\.confidence) == ["signalled", "signalled"])
        #expect(!sidecar.findings.contains { $0.rule == "MAT010" })
    }

    /// Two recording sessions of one communication session tell the same: each thing happens once.
    @Test("what two recording sessions tell of one conversation happened once")
    func toldTwice() async throws {
        let id = "AAAAAAAAAAAAAAAAAAAAAQ=="
        func inSession(_ text: String) -> String { text.replacing("\"S\"", with: "\"\(id)\"") }
        let joined = inSession(SIPScript.metadata(SIPScript.participant("PC", name: "cy", sends: []), mode: "partial"))
        var script = CaptureScript()
        for number in 0...1 {
            var session = SessionScript()
            session.sip.callID = "rs-\(number)@client.test"
            session.sip.tags = ("c\(number)", "s\(number)")
            let ports = (4000 + number * 100, 6000 + number * 100)
            session.sip.open(
                0, offer: SIPScript.description("192.0.2.1", ports: [ports.0, ports.0 + 2], direction: "sendonly", labels: true),
                answer: SIPScript.description("192.0.2.2", ports: [ports.1, ports.1 + 2], direction: "recvonly"), metadata: inSession(SIPScript.annAndBob),
                into: &session.script)
            session.sip.send("UPDATE", 2_000_000, cseq: 2, method: "UPDATE", type: Self.metadata, body: joined, into: &session.script)
            session.sip.send("200", 2_010_000, cseq: 2, method: "UPDATE", by: .server, into: &session.script)
            let source = ToneSource(
                from: Socket(0xC000_0201, UInt16(ports.0)), to: Socket(0xC000_0202, UInt16(ports.1)), ssrc: 0xA + UInt32(number), seed: 1 + number)
            source.send(0..<100, at: 500_000, into: &session.script)
            session.sip.close(3_000_000, into: &session.script)
            for frame in session.script.frames { script.add(frame.octets, at: frame.microseconds + number * 5000) }
        }
        let events = try await Reconstructed.run(script.pcap()).only.sidecar.events
        #expect(events.filter { $0.type.rawValue == "session-start" }.count == 1)
        #expect(events.filter { $0.type == .join }.map(\.participants) == [["PC"]])
        #expect(events.filter { $0.type == .metadata }.map { $0.detail["document"] } == ["1", "3", "2", "4"])
    }

    /// Who is there when a later communication session of a persistent recording session begins does not join it.
    @Test("whoever a session begins with does not join, also where it is not the first of its recording session")
    func laterSessions() async throws {
        let ids = ["AAAAAAAAAAAAAAAAAAAAAQ==", "AAAAAAAAAAAAAAAAAAAAAg=="]
        func document(_ number: Int) -> String {
            let text = number == 0 ? SIPScript.annAndBob : SIPScript.annAndBob.replacing("PA", with: "PC").replacing("PB", with: "PD")
            return text.replacing("\"S\"", with: "\"\(ids[number])\"")
        }
        var session = SessionScript()
        session.open(metadata: document(0))
        session.sip.send("UPDATE", 2_500_000, cseq: 2, method: "UPDATE", type: Self.metadata, body: document(1), into: &session.script)
        session.sip.send("200", 2_510_000, cseq: 2, method: "UPDATE", by: .server, into: &session.script)
        Self.speak(&session)
        let sidecars = try await Reconstructed.run(session.script.pcap()).recordings.map { try $0.sidecar }
        #expect(Set(sidecars.map { $0.sessions.map(\.id) }) == [[ids[0]], [ids[1]]])
        #expect(sidecars.flatMap(\.events).filter { $0.type == .join }.isEmpty)
        #expect(sidecars.flatMap(\.events).filter { $0.type.rawValue == "session-start" }.count == 2)
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Recording sessions that carry nothing for a while: a server that is not ready, and hold as RFC 2543 had it.
struct RecordingPauseTests {
    private static func offer(_ direction: String, address: String = "192.0.2.1") -> String {
        SIPScript.description(address, ports: [4000, 4002], direction: direction, labels: true)
    }

    private static func answer(_ direction: String, ports: [Int] = [6000, 6002]) -> String {
        SIPScript.description("192.0.2.2", ports: ports, direction: direction)
    }

    private static func speak(_ session: inout SessionScript, _ numbers: Range<Int>) {
        SessionScript.ann.send(numbers, at: 500_000, into: &session.script)
        SessionScript.bob.send(numbers, at: 500_000, into: &session.script)
    }

    /// The source after a silence of so many packets, which it did not send: its numbers go on, its timestamps advance.
    private static func silentBefore(_ source: ToneSource, _ packets: UInt16) -> ToneSource {
        var later = source
        later.firstSequence &-= packets
        return later
    }

    @Test("5: a server that is not ready answers without an open line, and asks for the media later", arguments: ["inactive", "port 0"])
    func serverNotReady(_ kind: String) async throws {
        var session = SessionScript()
        session.sip.open(
            0, offer: Self.offer("sendonly"), answer: kind == "inactive" ? Self.answer("inactive") : Self.answer("recvonly", ports: [0, 0]),
            metadata: SIPScript.annAndBob, into: &session.script)
        session.sip.send("INVITE", 2_000_000, cseq: 7, by: .server, body: Self.answer("recvonly"), into: &session.script)
        session.sip.send("200", 2_050_000, cseq: 7, body: Self.offer("sendonly"), into: &session.script)
        session.sip.send("ACK", 2_100_000, cseq: 7, method: "ACK", by: .server, into: &session.script)
        Self.speak(&session, 100..<150)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants.map(\.id) == ["PA", "PB"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(100..<150))
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(100..<150))
        #expect(sidecar.streams.map { $0.binding?.basis } == ["label", "label"])
        #expect(sidecar.start == "2026-01-01T00:00:02.500000000Z" && sidecar.complete)
        #expect(sidecar.events.filter { $0.type == .resume }.map(\.time) == Array(repeating: "2026-01-01T00:00:02.000000000Z", count: 2))
    }

    /// Some clients say of a held call that nobody sends or hears, and keep the lines as they are.
    @Test("6: a hold of both sides that only the metadata tells; who falls silent for good is not on hold", arguments: [true, false])
    func holdOfBothByMetadata(isResumed: Bool) async throws {
        func association(_ id: String, _ sends: String?) -> String {
            "<participantstreamassoc participant_id=\"\(id)\">" + (sends.map { "<send>\($0)</send>" } ?? "") + "</participantstreamassoc>"
        }
        var session = SessionScript()
        session.open()
        let updates = [
            (1_500_000, association("PA", nil) + association("PB", nil)), (3_500_000, association("PA", "T1") + association("PB", "T2")),
        ]
        for (number, (time, body)) in updates.prefix(isResumed ? 2 : 1).enumerated() {
            session.sip.send(
                "UPDATE", time, cseq: 2 + number, method: "UPDATE", type: "application/rs-metadata+xml", body: SIPScript.metadata(body, mode: "partial"),
                into: &session.script)
            session.sip.send("200", time + 10_000, cseq: 2 + number, method: "UPDATE", by: .server, into: &session.script)
        }
        Self.speak(&session, 0..<200)
        session.sip.close(5_000_000, into: &session.script)
        let events = try await Reconstructed.run(session.script.pcap()).only.sidecar.events.filter { [.hold, .resume].contains($0.type) }
        let told = events.map { "\($0.type.rawValue) \($0.participants.joined()) \($0.offset.value)" }
        #expect(told == (isResumed ? ["hold PA 1.0", "hold PB 1.0", "resume PA 3.0", "resume PB 3.0"] : []))
    }

    /// RFC 8068 section 3.2.1: one side only receives, the other only sends; the direction of the recording session's lines stays.
    @Test("6: hold that only the metadata tells is an event, and everything is heard")
    func holdByMetadata() async throws {
        func association(_ id: String, sends: String?, receives: String?) -> String {
            "<participantstreamassoc participant_id=\"\(id)\">" + (sends.map { "<send>\($0)</send>" } ?? "") + (receives.map { "<recv>\($0)</recv>" } ?? "")
                + "</participantstreamassoc>"
        }
        let open = association("PA", sends: "T1", receives: "T2") + association("PB", sends: "T2", receives: "T1")
        let held = association("PA", sends: nil, receives: "T2") + association("PB", sends: "T2", receives: nil)
        var session = SessionScript()
        session.open(metadata: SIPScript.annAndBob.replacing("</recording>", with: open + "</recording>"))
        Self.speak(&session, 0..<200)
        for (number, (time, body)) in [(1_500_000, held), (3_500_000, open)].enumerated() {
            session.sip.send(
                "UPDATE", time, cseq: 2 + number, method: "UPDATE", type: "application/rs-metadata+xml", body: SIPScript.metadata(body, mode: "partial"),
                into: &session.script)
            session.sip.send("200", time + 20_000, cseq: 2 + number, method: "UPDATE", by: .server, into: &session.script)
        }
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        let changes = sidecar.events.filter { [.hold, .pause, .resume, .join, .leave].contains($0.type) }
        #expect(
            changes.map { "\($0.type.rawValue) \($0.time.dropFirst(17)) \($0.participants)" } == [
                "hold 01.500000000Z [\"PA\"]", "resume 03.500000000Z [\"PA\"]",
            ])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<200))
        let ann = try #require(sidecar.participants.first { $0.id == "PA" })
        #expect(ann.sends.count == 2 && ann.receives.count == 1)
    }

    @Test("6, 7: an address of zeros where one stood before is hold, and packets that come all the same are heard")
    func holdByAddress() async throws {
        var session = SessionScript()
        session.open()
        Self.speak(&session, 0..<50)
        for (number, (time, address)) in [(1_500_000, "0.0.0.0"), (3_500_000, "192.0.2.1")].enumerated() {
            session.sip.send("INVITE", time, cseq: 2 + number, body: Self.offer("sendonly", address: address), into: &session.script)
            session.sip.send("200", time + 20_000, cseq: 2 + number, by: .server, body: Self.answer("recvonly"), into: &session.script)
        }
        Self.silentBefore(SessionScript.ann, 50).send(100..<110, at: 500_000, into: &session.script)
        Self.silentBefore(SessionScript.ann, 90).send(150..<200, at: 500_000, into: &session.script)
        Self.silentBefore(SessionScript.bob, 100).send(150..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        let changes = sidecar.events.filter { [.hold, .resume].contains($0.type) }.map { "\($0.type.rawValue) \($0.time.dropFirst(17)) \($0.participants)" }
        #expect(
            changes == [
                "hold 01.500000000Z [\"PA\"]", "hold 01.500000000Z [\"PB\"]", "resume 03.500000000Z [\"PA\"]", "resume 03.500000000Z [\"PB\"]",
            ])
        let heard = SessionScript.ann.samples(0..<50) + silence(8_000) + SessionScript.ann.samples(100..<110) + silence(6_400)
        #expect(try recording.samples(of: "PA") == heard + SessionScript.ann.samples(150..<200))
        #expect(sidecar.streams.flatMap(\.gaps).allSatisfy { $0.cause == .hold } && sidecar.complete)
    }

    @Test("a placeholder of zeros in the first description, and in descriptions with ICE, is no hold", arguments: [[], ["a=ice-ufrag:abcd"]])
    func placeholders(_ extra: [String]) async throws {
        var session = SessionScript()
        func offer() -> String { SIPScript.description("0.0.0.0", ports: [4000, 4002], direction: "sendonly", labels: true, extra: extra) }
        session.sip.open(0, offer: offer(), answer: Self.answer("recvonly"), metadata: SIPScript.annAndBob, into: &session.script)
        if !extra.isEmpty {
            session.sip.send("INVITE", 1_500_000, cseq: 2, body: offer(), into: &session.script)
            session.sip.send("200", 1_520_000, cseq: 2, by: .server, body: Self.answer("recvonly"), into: &session.script)
        }
        Self.speak(&session, 0..<100)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.sidecar.events.filter { [.hold, .pause, .resume].contains($0.type) }.isEmpty)
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
    }

    @Test("a plain call: who puts the address of zeros in does not want to hear, so the other is held")
    func callHeldByAddress() async throws {
        var session = SessionScript()
        session.sip.isRecording = false
        func description(_ address: String) -> String { SIPScript.description(address, ports: [4000], direction: "sendrecv") }
        let answer = SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv")
        session.sip.open(0, offer: description("192.0.2.1"), answer: answer, into: &session.script)
        let callee = ToneSource(from: SessionScript.ann.destination, to: SessionScript.ann.source, ssrc: 0xC, seed: 3)
        SessionScript.ann.send(0..<200, at: 500_000, into: &session.script)
        callee.send(0..<50, at: 500_000, into: &session.script)
        for (number, (time, address)) in [(1_500_000, "0.0.0.0"), (3_500_000, "192.0.2.1")].enumerated() {
            session.sip.send("INVITE", time, cseq: 2 + number, body: description(address), into: &session.script)
            session.sip.send("200", time + 20_000, cseq: 2 + number, by: .server, body: answer, into: &session.script)
        }
        Self.silentBefore(callee, 100).send(150..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        let changes = sidecar.events.filter { [.hold, .resume].contains($0.type) }
        #expect(changes.map(\.type) == [.hold, .resume] && changes.map(\.participants) == [["callee"], ["callee"]])
        #expect(try recording.samples(of: "caller") == SessionScript.ann.samples(0..<200))
        #expect(try recording.samples(of: "callee") == callee.samples(0..<50) + silence(16_000) + callee.samples(150..<200))
        #expect(try recording.gaps(.hold).count == 1 && sidecar.complete)
    }
}

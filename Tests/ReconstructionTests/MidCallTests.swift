import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import TestSupport
import Testing

/// Captures that begin or end inside a dialog: the recording is what there is, it is marked incomplete, and nothing is made up.
struct MidCallTests {
    private static func speak(_ session: inout SessionScript) {
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
    }

    private static let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
    private static let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly")

    private static func rules(_ recording: MemoryRecording) throws -> Set<String> { Set(try recording.sidecar.findings.map(\.rule)) }

    @Test("only a re-INVITE or UPDATE with description and metadata: names and all media, also from before it", arguments: ["INVITE", "UPDATE"])
    func laterOffer(_ method: String) async throws {
        var session = SessionScript()
        Self.speak(&session)
        session.sip.send(
            method, 1_500_000, cseq: 5, method: method, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(Self.offer, SIPScript.annAndBob),
            into: &session.script)
        session.sip.send("200", 1_550_000, cseq: 5, method: method, by: .server, body: Self.answer, into: &session.script)
        session.sip.close(4_500_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.kind == "siprec" && sidecar.participants.map(\.id) == ["PA", "PB"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<100))
        #expect(!sidecar.complete)
        #expect(try Self.rules(recording).isSuperset(of: ["DLG004", "MAT014"]))
    }

    @Test("an UPDATE with metadata but no description names people, and says that what they were told is partial")
    func updateWithoutDescription() async throws {
        var session = SessionScript()
        Self.speak(&session)
        let partial = SIPScript.annAndBob.replacing("complete", with: "partial")
        session.sip.send("UPDATE", 1_500_000, cseq: 5, method: "UPDATE", type: "application/rs-metadata+xml", body: partial, into: &session.script)
        session.sip.send("200", 1_550_000, cseq: 5, method: "UPDATE", by: .server, into: &session.script)
        session.sip.close(4_500_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let sidecars = try run.recordings.map { try $0.sidecar }
        // Nothing but hosts and time ties the media to the dialog, so nobody is named for a voice.
        #expect(sidecars.flatMap(\.streams).flatMap(\.participants).allSatisfy { !["PA", "PB"].contains($0) } || sidecars.count == 1)
        #expect(sidecars.allSatisfy { !$0.complete })
        #expect(run.survey.dialogs.map(\.startsMidCapture) == [true])
        #expect(run.recordings.flatMap { $0.audio.values.map(\.samples) }.contains(SessionScript.ann.samples(0..<100)))
    }

    @Test("only BYE: media is heard, nobody is named")
    func onlyBye() async throws {
        var session = SessionScript()
        Self.speak(&session)
        session.sip.close(2_600_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        let sidecars = try run.recordings.map { try $0.sidecar }
        #expect(run.recordings.flatMap { $0.audio.values.map(\.samples) }.contains(SessionScript.bob.samples(0..<100)))
        #expect(!sidecars.isEmpty && sidecars.allSatisfy { !$0.complete && $0.participants.allSatisfy { $0.names.isEmpty } })
        #expect(sidecars.allSatisfy { $0.findings.contains { $0.rule == "MAT014" } })
    }

    @Test("only media: it is heard, nobody is named")
    func onlyMedia() async throws {
        var session = SessionScript()
        Self.speak(&session)
        let recordings = await Reconstructed.run(session.script.pcap()).recordings
        // Nothing ties the two pairs of sockets together.
        #expect(recordings.count == 2)
        for recording in recordings {
            let sidecar = try recording.sidecar
            #expect(sidecar.kind == "media" && !sidecar.complete && sidecar.dialogs.isEmpty && sidecar.events.isEmpty)
            #expect(sidecar.participants.allSatisfy { $0.names.isEmpty && $0.aor == nil && $0.confidence == "none" })
            #expect(try Self.rules(recording).contains("MAT014"))
        }
        let heard = Set(recordings.flatMap { $0.audio.values.map(\.samples) })
        #expect(heard == [SessionScript.ann.samples(0..<100), SessionScript.bob.samples(0..<100)])
    }

    /// The last packet of the capture is one of media, or comes long after the last of media.
    @Test("without BYE: incomplete where the media goes on to the end of the capture", arguments: [true, false])
    func noBye(_ goesOn: Bool) async throws {
        var session = SessionScript()
        session.open()
        Self.speak(&session)
        if !goesOn { session.script.datagram(9_000_000, from: Socket(0xC000_0263, 53), to: Socket(0xC000_0262, 53), "something else") }
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.sidecar.complete == !goesOn)
        #expect(try Self.rules(recording).contains("MAT014") == goesOn)
        #expect(try Self.rules(recording).contains("DLG003"))
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
    }
}

import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Captures that begin inside the INVITE of a recording session on TCP.
struct BeheadedCaptureTests {
    /// The session of Ann and Bob on TCP without the first `lost` octets of its INVITE; `isMarked`: the server says that it is one.
    private static func run(lost: Int, isMarked: Bool) async throws -> (Reconstructed, RecordingRecord) {
        var session = SessionScript()
        let labels = isMarked ? "a=label:" : "a=x-label:"
        let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly", labels: true).replacing("a=label:", with: labels)
        var whole = CaptureScript()
        session.sip.send(
            "INVITE", 0, cseq: 1, type: "multipart/mixed;boundary=b",
            body: SIPScript.multipart(SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true), SIPScript.annAndBob),
            into: &whole)
        let invite = Array(whole.frames[0].octets[42...])
        session.script.datagram(0, from: session.sip.client, to: session.sip.server, Array(invite.suffix(max(10, invite.count - lost))))
        session.sip.send("200", 50_000, cseq: 1, by: .server, body: answer, headers: isMarked ? ["X-Test: +sip.srs"] : [], into: &session.script)
        // What the client sends then has no mark of its own.
        session.sip.isRecording = false
        session.sip.send("ACK", 100_000, cseq: 1, method: "ACK", into: &session.script)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let script = TransportScript(session.script, signalling: .tcp, media: .udp).script
        let run = await Reconstructed.run(script.pcap())
        return (run, try run.only.sidecar)
    }

    private static func codes(_ run: Reconstructed) -> Set<String> { Set((run.survey.findings.sorted + run.plan.findings.sorted).map(\.rule.code)) }

    @Test("wherever it begins, the metadata's end tells a recording session", arguments: [60, 300, 700, 1200], [false, true])
    func begins(lost: Int, isMarked: Bool) async throws {
        let (run, sidecar) = try await Self.run(lost: lost, isMarked: isMarked)
        #expect(sidecar.kind == "siprec")
        #expect(Self.codes(run).isDisjoint(with: ["DLG005", "DLG009"]) && Self.codes(run).contains("DLG030"))
        #expect(sidecar.participants.map(\.confidence) == ["none", "none"])
        #expect(sidecar.files.filter { $0.sampleRate != nil }.count == 2)
    }

    @Test("a whole INVITE tells all as before") func whole() async throws {
        let (run, sidecar) = try await Self.run(lost: 0, isMarked: true)
        #expect(sidecar.participants.map(\.confidence) == ["signalled", "signalled"] && !Self.codes(run).contains("DLG030"))
    }
}

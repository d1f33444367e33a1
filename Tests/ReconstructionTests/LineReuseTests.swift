import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What a media line and a payload type mean from one description to the next.
struct LineReuseTests {
    private static func description(_ address: String, _ ports: [Int], _ direction: String, labels: [String]) -> String {
        let media = zip(ports, labels).map { "m=audio \($0) RTP/AVP 0\r\na=\(direction)" + ($1.isEmpty ? "" : "\r\na=label:\($1)") }
        return (["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"] + media).joined(separator: "\r\n") + "\r\n"
    }

    @Test("a closed line is used again by somebody else, with another label and another source", arguments: [4012])
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

    @Test("a payload type gets another codec: from the answer on, not from the offer") func payloadType() async throws {
        var script = CaptureScript()
        var sip = SIPScript()
        sip.isRecording = false
        func description(_ address: String, _ port: Int, _ codec: String) -> String {
            SIPScript.description(address, ports: [port], direction: "sendrecv").replacing("RTP/AVP 0", with: "RTP/AVP 96")
                .replacing("a=rtpmap:0 PCMU/8000", with: "a=rtpmap:96 \(codec)/8000")
        }
        sip.open(0, offer: description("192.0.2.1", 4000, "PCMU"), answer: description("192.0.2.2", 6000, "PCMU"), into: &script)
        // A second passes between offer and answer, as somebody is asked.
        sip.send("INVITE", 1_500_000, cseq: 2, body: description("192.0.2.1", 4000, "PCMA"), into: &script)
        sip.send("200", 2_495_000, cseq: 2, by: .server, body: description("192.0.2.2", 6000, "PCMA"), into: &script)
        sip.send("ACK", 2_498_000, cseq: 2, method: "ACK", into: &script)
        var source = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 1, seed: 1)
        source.payloadType = 96
        source.send(0..<200, at: 500_000, into: &script)
        sip.close(5_000_000, into: &script)
        let samples = try await Reconstructed.run(script.pcap()).only.samples(of: "caller")
        let asMuLaw = source.samples(0..<200)
        #expect(Array(samples.prefix(16_000)) == Array(asMuLaw.prefix(16_000)))
        #expect(zip(samples.dropFirst(16_000), asMuLaw.dropFirst(16_000)).count { $0 == $1 } < 4000)
    }
}

import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Recording by dialogs of a vendor's own: no metadata, but header fields and URI parameters that name who speaks.
struct VendorRecordingTests {
    private static func offer(_ ports: [Int]) -> String { SIPScript.description("192.0.2.1", ports: ports, direction: "sendonly") }
    private static func answer(_ ports: [Int]) -> String { SIPScript.description("192.0.2.2", ports: ports, direction: "recvonly") }

    /// One of the two dialogs of a phone's built-in bridge: INVITE without offer, the recorder's offer in 200, the answer in ACK.
    private static func leg(_ end: String, far: String, port: Int, source: ToneSource, at time: Int, call: Int, into script: inout CaptureScript) {
        var sip = SIPScript()
        sip.isRecording = false
        sip.callID = "\(end)-\(call)@cucm.test"
        sip.tags = ("c\(end)\(call)", "s\(end)\(call)")
        sip.clientUser =
            "7001@cucm.test;x-\(end)end;x-refci=2711;x-nearendclusterid=C1;x-nearenddevice=SEP01;x-nearendaddr=7001;x-farendrefci=99;x-farendaddr=\(far);x=y"
        sip.send("INVITE", time, cseq: 1, into: &script)
        sip.send("200", time + 50_000, cseq: 1, by: .server, body: answer([port + 2000]), into: &script)
        sip.send("ACK", time + 100_000, cseq: 1, method: "ACK", body: offer([port]), into: &script)
        source.send(0..<100, at: time + 200_000, into: &script)
        sip.close(time + 2_500_000, into: &script)
    }

    private static func source(_ port: UInt16, ssrc: UInt32, seed: Int) -> ToneSource {
        ToneSource(from: Socket(0xC000_0201, port), to: Socket(0xC000_0202, port + 2000), ssrc: ssrc, seed: seed)
    }

    @Test("built-in bridge: the near-end and far-end dialogs are one recording, also when a transfer restarts them")
    func builtInBridge() async throws {
        var script = CaptureScript()
        let (near, far, later) = (Self.source(4000, ssrc: 1, seed: 1), Self.source(4002, ssrc: 2, seed: 2), Self.source(4006, ssrc: 4, seed: 4))
        Self.leg("near", far: "5551234", port: 4000, source: near, at: 0, call: 1, into: &script)
        Self.leg("far", far: "5551234", port: 4002, source: far, at: 0, call: 1, into: &script)
        Self.leg("near", far: "5559999", port: 4004, source: Self.source(4004, ssrc: 3, seed: 3), at: 3_000_000, call: 2, into: &script)
        Self.leg("far", far: "5559999", port: 4006, source: later, at: 3_000_000, call: 2, into: &script)
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        let sidecar = try recording.sidecar
        #expect(sidecar.dialogs.count == 4 && sidecar.dialogs.allSatisfy { $0.role == .recording })
        #expect(sidecar.participants.map(\.id).sorted() == ["5551234", "5559999", "7001"])
        #expect(try recording.samples(of: "5551234").prefix(16_000) == far.samples(0..<100)[...])
        #expect(try recording.samples(of: "5559999").suffix(16_000) == later.samples(0..<100)[...])
        #expect(try recording.samples(of: "7001").prefix(16_000) == near.samples(0..<100)[...])
        #expect(sidecar.streams.allSatisfy { $0.binding?.basis == "signalling" })
        // What RFC 7866 asks does not go for these dialogs.
        let found = Set(sidecar.findings.map(\.rule))
        #expect(found.isDisjoint(with: ["DLG005", "SDP101", "REC001"]), "\(found.sorted())")
        #expect(sidecar.complete)
    }

    @Test("network-based recording: a header field names the speaker of each line, and a re-INVITE who follows")
    func networkBased() async throws {
        var session = SessionScript()
        session.sip.isRecording = false
        func exchange(_ time: Int, _ cseq: Int, _ second: String) {
            let headers = ["7001", second].enumerated().map { "X-Cisco-Recording-Participant: sip:\($0.element)@10.1.1.1;media-index=\"\($0.offset)\"" }
            session.sip.send("INVITE", time, cseq: cseq, body: Self.offer([4000, 4002]), headers: headers, into: &session.script)
            session.sip.send("200", time + 50_000, cseq: cseq, by: .server, body: Self.answer([6000, 6002]), into: &session.script)
            session.sip.send("ACK", time + 100_000, cseq: cseq, method: "ACK", into: &session.script)
        }
        exchange(0, 1, "8001")
        exchange(2_500_000, 2, "9001")
        SessionScript.ann.send(0..<200, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.participants.map(\.aor) == ["sip:7001@10.1.1.1", "sip:8001@10.1.1.1", "sip:9001@10.1.1.1"])
        #expect(try recording.samples(of: "sip:7001@10.1.1.1") == SessionScript.ann.samples(0..<200))
        #expect(try recording.samples(of: "sip:8001@10.1.1.1") == SessionScript.bob.samples(0..<100) + silence(16_000))
        #expect(try recording.samples(of: "sip:9001@10.1.1.1") == silence(16_000) + SessionScript.bob.samples(100..<200))
        #expect(sidecar.complete)
    }

    /// RFC 7866 section 6.1: a proxy may fork the client's INVITE; a client may also keep both of two answers.
    @Test("22: of several servers that a fork reached, the one that answered first is recorded; both where both stay", arguments: [true, false])
    func forkedToServers(_ bothStay: Bool) async throws {
        var script = CaptureScript()
        let proxy = Socket(0xC000_0202, 5060)
        for branch in 0...1 {
            var sip = SIPScript()
            sip.tags = ("c", "s\(branch)")
            sip.server = proxy
            let port = 6000 + branch * 100
            let answer = SIPScript.description("192.0.2.\(10 + branch)", ports: [port, port + 2], direction: "recvonly")
            if branch == 0 {
                let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
                sip.send("INVITE", 0, cseq: 1, type: "multipart/mixed;boundary=b", body: SIPScript.multipart(offer, SIPScript.annAndBob), into: &script)
            }
            sip.send("200", 50_000 + branch * 10_000, cseq: 1, by: .server, body: answer, into: &script)
            sip.send("ACK", 70_000 + branch * 10_000, cseq: 1, method: "ACK", into: &script)
            if branch == 1, !bothStay { sip.close(100_000, into: &script) }
            guard branch == 0 || bothStay else { continue }
            for (index, source) in [SessionScript.ann, SessionScript.bob].enumerated() {
                var own = source
                own.destination = Socket(0xC000_020A + UInt32(branch), UInt16(port + 2 * index))
                own.send(0..<100, at: 500_000, without: branch == 0 ? [40] : [60], into: &script)
            }
            if bothStay { sip.close(3_000_000 + branch * 10_000, into: &script) }
        }
        if !bothStay { SIPScript(tags: ("c", "s0")).close(3_000_000, into: &script) }
        let recording = try await Reconstructed.run(script.pcap()).only
        let sidecar = try recording.sidecar
        #expect(sidecar.kind == "siprec" && sidecar.participants.map(\.id) == ["PA", "PB"])
        let expected = SessionScript.ann.samples(0..<40) + silence(160) + SessionScript.ann.samples(41..<100)
        #expect(recording.audio.values.contains { $0.samples == expected || $0.samples == SessionScript.ann.samples(0..<100) })
        #expect(sidecar.files.filter { $0.role == .participant }.allSatisfy { ["PA", "PB"].contains($0.participants.joined()) })
    }

    @Test("29: a recorded announcement is a participant like any other, and one without a name is not given one")
    func announcement() async throws {
        var session = SessionScript()
        let menu = "<participant participant_id=\"PB\"><nameID aor=\"sip:ivr@media.test;play=welcome\"/></participant>"
        let named = SIPScript.participant("PB", name: "bob", sends: ["T2"])
        let own = named.replacing("<participant participant_id=\"PB\"><nameID aor=\"sip:bob@example.test\"><name>bob</name></nameID></participant>", with: menu)
        session.open(metadata: SIPScript.annAndBob.replacing(named, with: own))
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let menuRecord = try #require(try recording.sidecar.participants.first { $0.id == "PB" })
        #expect(menuRecord.names.isEmpty && menuRecord.aor == "sip:ivr@media.test;play=welcome")
        #expect(try recording.samples(of: "PB").prefix(8000) == SessionScript.bob.samples(0..<50)[...])
        #expect(recording.audio.keys.contains("audio/ivr.wav"))
    }

    @Test("27: before the callee answers, ringing and announcements are the called side's")
    func earlyMedia() async throws {
        var session = SessionScript()
        session.open()
        // The far end is heard 2 s before the near end.
        SessionScript.bob.send(0..<200, at: 300_000, into: &session.script)
        SessionScript.ann.send(100..<200, at: 300_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<200))
        #expect(try recording.samples(of: "PA") == silence(16_000) + SessionScript.ann.samples(100..<200))
        #expect(try recording.sidecar.start == "2026-01-01T00:00:00.300000000Z")
    }
}

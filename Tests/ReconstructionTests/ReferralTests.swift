import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What the signalling of calls says of people beside From and To, and transfers by REFER.
struct ReferralTests {
    private struct Call {
        var id: String
        var users: (String, String)
        var hosts: (UInt8, UInt8)
        var start: Int
        var headers: [String] = []
        var length = 3_000_000
        var voice: Int

        var sip: SIPScript {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "\(id)@example.test"
            sip.tags = ("c\(id)", "s\(id)")
            (sip.clientUser, sip.serverUser) = users
            sip.client = Socket(0xC000_0200 + UInt32(hosts.0), 5060)
            sip.server = Socket(0xC000_0200 + UInt32(hosts.1), 5060)
            return sip
        }

        func play(into script: inout CaptureScript, inside: (SIPScript, inout CaptureScript) -> Void = { _, _ in }) {
            let ports = (4000 + voice * 10, 6000 + voice * 10)
            sip.send(
                "INVITE", start, cseq: 1, body: SIPScript.description("192.0.2.\(hosts.0)", ports: [ports.0], direction: "sendrecv"), headers: headers,
                into: &script)
            sip.send(
                "200", start + 50_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.\(hosts.1)", ports: [ports.1], direction: "sendrecv"),
                into: &script)
            sip.send("ACK", start + 60_000, cseq: 1, method: "ACK", into: &script)
            let there = ToneSource(
                from: Socket(0xC000_0200 + UInt32(hosts.0), UInt16(ports.0)), to: Socket(0xC000_0200 + UInt32(hosts.1), UInt16(ports.1)),
                ssrc: 0x10 + UInt32(voice), seed: voice)
            let back = ToneSource(from: there.destination, to: there.source, ssrc: 0x20 + UInt32(voice), seed: voice + 1)
            for source in [there, back] { source.send(0..<100, at: start + 200_000, into: &script) }
            inside(sip, &script)
            sip.close(start + length, into: &script)
        }
    }

    /// Ann calls Bob; Bob asks her to call Cy instead.
    private static func transfer(_ referTo: String, target: String = "cy", headers: [String] = [], delay: Int = 2_500_000) async throws -> [RecordingRecord] {
        var script = CaptureScript()
        Call(id: "one", users: ("ann", "bob"), hosts: (1, 2), start: 0, voice: 1).play(into: &script) { sip, script in
            sip.send(
                "REFER", 2_000_000, cseq: 9, by: .server, headers: ["Refer-To: \(referTo)", "Referred-By: <sip:bob@server.test>"], into: &script)
            sip.send("202", 2_010_000, cseq: 9, method: "REFER", into: &script)
        }
        Call(id: "two", users: ("ann", target), hosts: (1, 3), start: delay, headers: headers, voice: 3).play(into: &script)
        return try await Reconstructed.run(script.pcap()).recordings.map { try $0.sidecar }.sorted { $0.start < $1.start }
    }

    @Test(
        "a transfer of a call by REFER: two calls that name each other, with the event",
        arguments: [
            "<sip:cy@server.test>", "\"Cy\" <sip:cy@server.test;user=phone>", "sip:cy@server.test", "<SIP:cy@server.test?Subject=transfer>",
        ])
    func blindTransfer(referTo: String) async throws {
        let records = try await Self.transfer(referTo, headers: ["Referred-By: \"Bob B\" <sip:bob@server.test>;ref=x"])
        #expect(records.map { $0.dialogs.map(\.callID) } == [["one@example.test", "two@example.test"], ["two@example.test", "one@example.test"]])
        let relations = records.map { $0.dialogs.map(\.relation) }
        #expect(relations[0][0] == nil && relations[0][1]?.first?.hasPrefix("called after its REFER to ") == true)
        #expect(relations[1] == [nil, ["its REFER asked for this call"]])
        let event = try #require(records[0].events.first { $0.type == .transfer })
        #expect(
            event.participants == ["callee"] && event.detail["from"] == "callee" && event.detail["to"]?.lowercased().hasPrefix("sip:cy@server.test") == true)
        #expect(event.time == "2026-01-01T00:00:02.000000000Z")
        #expect(!records[1].events.contains { $0.type == .transfer })
        let referrer = try #require(records[1].dialogs[0].referredBy)
        #expect(referrer.uri == "sip:bob@server.test" && referrer.name == "Bob B" && referrer.source == "Referred-By")
    }

    @Test("a transfer after a consultation names the call that it takes the place of")
    func attendedTransfer() async throws {
        let records = try await Self.transfer("<sip:dan@server.test?Replaces=two%40example.test%3Bto-tag%3Dx%3Bfrom-tag%3Dy>", delay: 1_000_000)
        #expect(records.map { $0.dialogs.map(\.callID) } == [["one@example.test", "two@example.test"], ["two@example.test", "one@example.test"]])
        #expect(records[1].dialogs[1].relation == ["its REFER replaces this call"])
    }

    @Test("a call to somebody else, or long after, has nothing to do with it", arguments: [("dan", 2_500_000), ("cy", 80_000_000)])
    func strangers(target: String, delay: Int) async throws {
        let records = try await Self.transfer("<sip:cy@server.test>", target: target, delay: delay)
        #expect(records.map(\.dialogs.count) == [1, 1])
    }

    @Test("identities of a call have their source; where it was diverted from is no address of who answers")
    func identities() async throws {
        var script = CaptureScript()
        Call(
            id: "one", users: ("ann", "bob"), hosts: (1, 2), start: 0,
            headers: [
                "P-Asserted-Identity: \"Ann Abel\" <sip:+15550100@pbx.test>, <tel:+15550100>", "Remote-Party-ID: \"Ann R\" <sip:100@pbx.test>;party=calling",
                "Diversion: \"Front Desk\" <sip:200@pbx.test>;reason=no-answer",
                "History-Info: <sip:300@pbx.test?Reason=SIP%3Bcause%3D302>;index=1, <sip:bob@server.test>;index=1.1",
            ], voice: 1
        ).play(into: &script)
        let sidecar = try await Reconstructed.run(script.pcap()).only.sidecar
        func words(_ index: Int) -> [String] { (sidecar.participants[index].identities ?? []).map { "\($0.source): \($0.name ?? "-") \($0.uri ?? "-")" } }
        #expect(
            words(0).prefix(3) == [
                "P-Asserted-Identity: Ann Abel sip:+15550100@pbx.test", "P-Asserted-Identity: - tel:+15550100", "Remote-Party-ID: Ann R sip:100@pbx.test",
            ])
        #expect(
            words(1).filter { !$0.hasPrefix("Contact") && !$0.hasPrefix("Request-URI") } == [
                "History-Info: - sip:300@pbx.test", "Diversion: Front Desk sip:200@pbx.test",
            ])
        #expect(sidecar.participants[0].aors == ["sip:+15550100@pbx.test", "tel:+15550100", "sip:100@pbx.test", "sip:ann@client.test"])
        #expect(sidecar.participants[1].aors == ["sip:bob@server.test"] && sidecar.participants[1].names.isEmpty)
    }

    @Test("identities of the call go to the participants of the recording that delivers it, also where the metadata knows only the number dialled")
    func identitiesOfARecordedCall() async throws {
        var session = SessionScript()
        session.open(
            metadata: SIPScript.annAndBob.replacing(
                "<session session_id=\"S\"/>", with: "<session session_id=\"S\"><sipSessionID>\(String(repeating: "0a", count: 16))</sipSessionID></session>"))
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        Call(
            id: "cs", users: ("ann", "room7"), hosts: (3, 4), start: 0,
            headers: [
                "Session-ID: \(String(repeating: "0a", count: 16));remote=\(String(repeating: "0", count: 32))", "Diversion: \"Bob's desk\" <sip:bob@pbx.test>",
                "Referred-By: <sip:ann@assistant.test>",
            ], length: 2_600_000, voice: 5
        ).play(into: &session.script)
        let sidecar = try await Reconstructed.run(session.script.pcap()).only.sidecar
        #expect(sidecar.kind == "siprec" && sidecar.dialogs.count == 2)
        let found = sidecar.participants.map { ($0.identities ?? []).map { "\($0.source) \($0.uri ?? "-")" } }
        #expect(found[0].contains("From sip:ann@client.test") && found[0].contains("Referred-By sip:ann@assistant.test"))
        #expect(found[1].contains("To sip:room7@server.test") && found[1].contains("Diversion sip:bob@pbx.test"))
    }
}

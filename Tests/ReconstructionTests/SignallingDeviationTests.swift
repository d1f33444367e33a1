import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What senders do to SIP, MIME and SDP of a recording session that is right otherwise: each row must leave names and every sample as they are.
struct SignallingDeviationTests {
    /// The INVITE of a recording session, in pieces that a row can change.
    struct Invite {
        var require: String? = "Require: siprec"
        var contact = "Contact: <sip:src@192.0.2.1>;+sip.src"
        var headers: [String] = []
        var contentType = "Content-Type: multipart/mixed;boundary=b"
        var descriptionHead = ["Content-Type: application/sdp"]
        var description = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
        var metadataHead = ["Content-Type: application/rs-metadata+xml", "Content-Disposition: recording-session"]
        var metadata: String = SIPScript.annAndBob
        var isMetadataFirst = false
        var otherParts = ""
        var preamble = ""
        var closing = "--b--\r\n"
        /// Octets behind what Content-Length counts.
        var trailing = ""
        /// The whole message, at the very end.
        var rewrite: @Sendable (String) -> String = { $0 }
        var contentLength: String?

        var text: String {
            func part(_ head: [String], _ body: String) -> String { "--b\r\n" + head.map { $0 + "\r\n" }.joined() + "\r\n" + body + "\r\n" }
            let parts = [part(descriptionHead, description), part(metadataHead, metadata)]
            let body = preamble + (isMetadataFirst ? parts.reversed() : parts).joined() + otherParts + closing
            let head = [
                "INVITE sip:srs@server.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1INVITE", "From: <sip:src@client.test>;tag=c",
                "To: <sip:srs@server.test>", "Call-ID: call-1@client.test", "CSeq: 1 INVITE", contact,
            ]
            let lines = head + [require].compactMap { $0 } + headers + [contentType, contentLength ?? "Content-Length: \(body.utf8.count)", "", ""]
            return rewrite(lines.joined(separator: "\r\n") + body + trailing)
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let change: @Sendable (inout Invite) -> Void
        /// Rules that have to speak.
        var rules: [String]
        /// Basis of the binding of both streams.
        var basis: String
        var testDescription: String { name }

        init(_ name: String, rules: [String] = [], basis: String = "label", _ change: @escaping @Sendable (inout Invite) -> Void) {
            self.name = name
            self.rules = rules
            self.basis = basis
            self.change = change
        }
    }

    private static func encoded(_ text: String) -> String { Base64.encode(Array(text.utf8)) }

    private static func quotedPrintable(_ text: String) -> String {
        text.utf8.map { $0 == 0x3D || $0 >= 0x7F ? "=" + Hex.encode([$0]).uppercased() : String(UnicodeScalar($0)) }.joined()
    }

    static let rows: [Row] = [
        Row("as it should be") { _ in },
        // Parts and their heads.
        Row("no disposition", rules: ["DLG006"]) { $0.metadataHead.removeLast() },
        Row("disposition of the message only", rules: ["DLG006"]) {
            $0.metadataHead.removeLast()
            $0.headers.append("Content-Disposition: recording-session")
        },
        Row("no blank after the colon") {
            $0.contentType = $0.contentType.replacing(": ", with: ":")
            $0.descriptionHead = ["Content-Type:application/sdp"]
            $0.metadataHead = ["Content-Type:application/rs-metadata+xml", "Content-Disposition:recording-session"]
        },
        Row("types in odd case") {
            $0.contentType = "content-type: Multipart/MIXED;Boundary=b"
            $0.descriptionHead = ["CONTENT-TYPE: application/SDP"]
            $0.metadataHead = ["content-type: Application/RS-Metadata+XML", "content-disposition: Recording-Session"]
        },
        Row("media type without +xml", rules: ["DLG007"]) { $0.metadataHead[0] = "Content-Type: application/rs-metadata" },
        Row("media type of the request", rules: ["DLG007"]) { $0.metadataHead[0] = "Content-Type: application/rs-metadata-request" },
        Row("media type of any XML", rules: ["DLG011"]) { $0.metadataHead[0] = "Content-Type: text/xml; charset=utf-8" },
        Row("description of another type") { $0.descriptionHead = ["Content-Type: text/plain"] },
        Row("description without type") { $0.descriptionHead = ["Content-Disposition: session"] },
        Row("boundary in quotation marks") { $0.contentType = "Content-Type: multipart/mixed; boundary=\"b\"" },
        Row("blank after the boundary") { $0.contentType += " " },
        Row("parameter behind the boundary") { $0.contentType += ";x=y;" },
        Row("another boundary") { $0.contentType = "Content-Type: multipart/mixed;boundary=wrong" },
        Row("no closing boundary") { $0.closing = "" },
        Row("preamble and epilogue") {
            $0.preamble = "This is a message of several parts.\r\n\r\n"
            $0.closing = "--b--\r\nand more\r\n"
        },
        Row("bare line feeds") {
            $0.rewrite = { text in
                let plain = text.replacing("\r\n", with: "\n")
                let body = plain.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
                return body.count == 2
                    ? body[0].split(separator: "\n").map { $0.hasPrefix("Content-Length") ? "Content-Length: \(body[1].utf8.count)" : String($0) }
                        .joined(separator: "\n") + "\n\n" + body[1] : plain
            }
        },
        Row("octets behind the body") { $0.trailing = "\r\n\r\n" },
        Row("more than line ends behind the body", rules: ["SIP007"]) { $0.trailing = "\r\nX-Late: yes\r\n" },
        Row("no length") { $0.contentLength = "X-Filler: y" },
        Row("compact names") {
            $0.rewrite = { text in
                text.replacing("\r\nFrom:", with: "\r\nf:").replacing("\r\nTo:", with: "\r\nt:").replacing("\r\nCall-ID:", with: "\r\ni:")
                    .replacing("\r\nContact:", with: "\r\nm:").replacing("\r\nVia:", with: "\r\nv:").replacing("\r\nContent-Length:", with: "\r\nl:")
            }
        },
        Row("metadata first") { $0.isMetadataFirst = true },
        Row("a third part") {
            $0.otherParts = "--b\r\nContent-Type: application/gtd\r\nContent-Disposition: signal;handling=optional\r\n\r\nIAM,\r\nGCI,0123\r\n\r\n"
        },
        Row("base64") {
            $0.metadataHead.append("Content-Transfer-Encoding: base64")
            $0.metadata = encoded($0.metadata)
        },
        Row("quoted-printable") {
            $0.metadataHead.append("Content-Transfer-Encoding: quoted-printable")
            $0.metadata = quotedPrintable($0.metadata)
        },
        // The recording session.
        Row("contact that is not closed") { $0.contact = "Contact: <sip:src@192.0.2.1;+sip.src" },
        Row("feature tag inside the URI") { $0.contact = "Contact: <sip:src@192.0.2.1;+sip.src>" },
        Row("feature tag with a value") { $0.contact = "Contact: <sip:src@192.0.2.1>;+sip.src=\"TRUE\"" },
        Row("feature tag without its sign") { $0.contact = "Contact: <sip:src@192.0.2.1>;src" },
        Row("no feature tag", rules: ["DLG001"]) { $0.contact = "Contact: <sip:src@192.0.2.1>" },
        Row("no option", rules: ["DLG001"]) { $0.require = nil },
        Row("neither") {
            $0.require = nil
            $0.contact = "Contact: <sip:src@192.0.2.1>"
        },
        Row("option in odd case and company") { $0.require = "Require: 100rel, Siprec" },
        // The session description.
        Row("no direction", rules: []) { $0.description = $0.description.replacing("a=sendonly\r\n", with: "") },
        Row("sendrecv") { $0.description = $0.description.replacing("sendonly", with: "sendrecv") },
        Row("an old direction") { $0.description = $0.description.replacing("a=sendonly", with: "a=direction:both\r\na=sendonly") },
        Row("address of each line only") {
            $0.description = $0.description.replacing("c=IN IP4 192.0.2.1\r\nt=0 0", with: "t=0 0")
                .replacing(" RTP/AVP 0\r\n", with: " RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\n")
        },
        Row("no labels in the description", basis: "order") {
            $0.description = $0.description.replacing("a=label:1\r\n", with: "").replacing("a=label:2\r\n", with: "")
        },
        Row("no labels in the metadata", basis: "order") {
            $0.metadata = $0.metadata.replacing("<label>1</label>", with: "").replacing("<label>2</label>", with: "")
        },
        Row("labels 0 and 00001") {
            $0.description = $0.description.replacing("label:1", with: "label:0").replacing("label:2", with: "label:00001")
            $0.metadata = $0.metadata.replacing("<label>1<", with: "<label>0<").replacing("<label>2<", with: "<label>00001<")
        },
        Row("huge labels") {
            $0.description = $0.description.replacing("label:1", with: "label:16777227").replacing("label:2", with: "label:99999999999999999999999999")
            $0.metadata = $0.metadata.replacing("<label>1<", with: "<label>16777227<").replacing("<label>2<", with: "<label>99999999999999999999999999<")
        },
        Row("words for labels") {
            $0.description = $0.description.replacing("label:1", with: "label:inbound").replacing("label:2", with: "label:outbound")
            $0.metadata = $0.metadata.replacing("<label>1<", with: "<label>inbound<").replacing("<label>2<", with: "<label>outbound<")
        },
        Row("one label twice", rules: ["MAT010"], basis: "duplicate-label") {
            $0.description = $0.description.replacing("label:2", with: "label:1")
            $0.metadata = $0.metadata.replacing("<label>2<", with: "<label>1<")
        },
        Row("a label that the description has not, beside them") {
            $0.metadata = $0.metadata.replacing("</recording>", with: SIPScript.stream("T3", label: "77") + "</recording>")
        },
        Row("participants the other way round") { invite in
            let (a, b) = (
                SIPScript.participant("PA", name: "ann", sends: ["T1"]), SIPScript.participant("PB", name: "bob", sends: ["T2"])
            )
            invite.metadata = invite.metadata.replacing(a + b, with: b + a)
        },
    ]

    private static func run(_ invite: Invite) async -> Reconstructed {
        var session = SessionScript()
        session.script.datagram(0, from: session.sip.client, to: session.sip.server, invite.text)
        session.sip.send(
            "200", 50_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly"), into: &session.script)
        session.sip.send("ACK", 100_000, cseq: 1, method: "ACK", into: &session.script)
        SessionScript.ann.send(0..<50, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(2_000_000, into: &session.script)
        return await Reconstructed.run(session.script.pcap())
    }

    @Test(arguments: rows) func aDeviationCostsNothing(_ row: Row) async throws {
        var invite = Invite()
        row.change(&invite)
        let run = await Self.run(invite)
        let recording = try run.only
        let sidecar = try recording.sidecar
        #expect(sidecar.kind == "siprec")
        let byName = Dictionary(sidecar.participants.map { ($0.names.last?.value ?? "", $0) }) { first, _ in first }
        #expect(byName.keys.sorted() == ["ann", "bob"])
        #expect(byName["ann"]?.aor == "sip:ann@example.test" && byName["bob"]?.aor == "sip:bob@example.test")
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<50))
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<50))
        #expect(sidecar.streams.map { $0.binding?.basis } == [row.basis, row.basis])
        #expect(sidecar.streams.map(\.participants) == [["PA"], ["PB"]])
        // From the INVITE to the BYE.
        let span: [String?] = ["2026-01-01T00:00:00.000000000Z", "2026-01-01T00:00:02.000000000Z"]
        #expect(
            sidecar.participants.allSatisfy {
                $0.sends.map { [$0.start, $0.end] } == [span] && $0.sessions.map { [$0.id, $0.start, $0.end] } == [["S"] + span]
            })
        #expect(sidecar.sessions.map { [$0.id, $0.start, $0.end] } == [["S"] + span])
        let found = Set(run.survey.findings.sorted.map(\.rule.code) + run.plan.findings.sorted.map(\.rule.code))
        for rule in row.rules { #expect(found.contains(rule), "\(found.sorted())") }
        if row.rules.isEmpty { #expect(found.isDisjoint(with: ["DLG001", "DLG006", "DLG007", "MAT010"]), "\(found.sorted())") }
    }

    /// Where the metadata comes, and what the recording then knows of its first second.
    @Test(arguments: ["UPDATE", "UPDATE with SDP", "re-INVITE", "BYE"]) func metadataMayComeLate(_ carrier: String) async throws {
        var session = SessionScript()
        session.open(metadata: nil)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        let offer = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
        let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly")
        let both = SIPScript.multipart(offer, SIPScript.annAndBob)
        let metadata = "application/rs-metadata+xml"
        switch carrier {
        case "UPDATE": session.sip.send("UPDATE", 1_500_000, cseq: 2, type: metadata, body: SIPScript.annAndBob, into: &session.script)
        case "BYE": break
        default:
            let method = carrier == "re-INVITE" ? "INVITE" : "UPDATE"
            session.sip.send(method, 1_500_000, cseq: 2, type: "multipart/mixed;boundary=b", body: both, into: &session.script)
            session.sip.send("200", 1_550_000, cseq: 2, method: method, by: .server, body: answer, into: &session.script)
        }
        if carrier == "UPDATE" { session.sip.send("200", 1_550_000, cseq: 2, method: "UPDATE", by: .server, into: &session.script) }
        if carrier == "BYE" {
            session.sip.send("BYE", 3_000_000, cseq: 90, method: "BYE", type: metadata, body: SIPScript.annAndBob, into: &session.script)
        } else {
            session.sip.close(3_000_000, into: &session.script)
        }
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.sidecar.participants.map { $0.names.last?.value } == ["ann", "bob"])
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(try recording.samples(of: "PB") == SessionScript.bob.samples(0..<100))
    }

    @Test func withoutMetadataFilesAreNamedByTheirLabels() async throws {
        var session = SessionScript()
        session.open(metadata: nil)
        SessionScript.ann.send(0..<50, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<50, at: 500_000, into: &session.script)
        session.sip.close(2_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(recording.audio.keys.sorted() == ["audio/label-1.wav", "audio/label-2.wav"])
        #expect(try recording.sidecar.participants.allSatisfy { $0.confidence == "none" })
        #expect(try recording.sidecar.findings.contains { $0.rule == "DLG005" })
    }

    @Test func anAddressOfZerosCostsNoSound() async throws {
        var session = SessionScript()
        session.open()
        SessionScript.ann.send(0..<50, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<50, at: 500_000, into: &session.script)
        let held = SIPScript.description("0.0.0.0", ports: [4000, 4002], direction: "sendonly", labels: true)
        let open = SIPScript.description("192.0.2.1", ports: [4000, 4002], direction: "sendonly", labels: true)
        let answer = SIPScript.description("192.0.2.2", ports: [6000, 6002], direction: "recvonly")
        for (number, (time, body)) in [(1_500_000, held), (3_500_000, open)].enumerated() {
            session.sip.send("INVITE", time, cseq: 2 + number, body: body, into: &session.script)
            session.sip.send("200", time + 20_000, cseq: 2 + number, by: .server, body: answer, into: &session.script)
        }
        SessionScript.ann.send(150..<200, at: 500_000, into: &session.script)
        SessionScript.bob.send(150..<200, at: 500_000, into: &session.script)
        session.sip.close(5_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<50) + silence(16_000) + SessionScript.ann.samples(150..<200))
    }

    @Test func severalRecordingSessionsMayReuseOnePort() async throws {
        var script = CaptureScript()
        for number in 0..<3 {
            var session = SessionScript()
            session.sip.callID = "call-\(number)@client.test"
            session.sip.tags = ("c\(number)", "s\(number)")
            session.open()
            let shift = number * 4_000_000
            for source in [SessionScript.ann, SessionScript.bob] {
                var again = source
                again.ssrc += UInt32(number * 16)
                again.seed += number * 5
                again.send(0..<50, at: 500_000, into: &session.script)
            }
            session.sip.close(2_000_000, into: &session.script)
            for frame in session.script.frames { script.add(frame.octets, at: frame.microseconds + shift) }
        }
        let recordings = await Reconstructed.run(script.pcap()).recordings
        #expect(recordings.count == 3)
        for (number, recording) in try recordings.sorted(by: { try $0.sidecar.start < $1.sidecar.start }).enumerated() {
            var ann = SessionScript.ann
            ann.seed += number * 5
            #expect(try recording.samples(of: "PA") == ann.samples(0..<50))
        }
    }
}

import Foundation
import TestSupport
import Testing

/// Texts of a capture that try to be more than text, in everything that we print or write.
struct HostileCaptureTests {
    /// Markup, a formula, escapes of a terminal, a bell, a mark that turns text around, isolates, a control character of 8 bits, DEL.
    static let evil =
        "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&;"
        + "\u{1B}[31mred\u{1B}]0;title\u{7}\u{202E}gpj.\u{2066}x\u{200F}\u{9B}31m\u{7F}\u{8}"
    static let long = String(repeating: "A", count: 100_000)

    /// For XML, which can not have control characters of ASCII.
    private static let markup = String(String.UnicodeScalarView(evil.unicodeScalars.filter { $0.value >= 0x20 }))
        .replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: "\"", with: "&quot;")

    private static func description(_ address: String, _ port: Int, _ direction: String, _ evil: String, _ long: String) -> String {
        """
        v=0
        o=- 1 1 IN IP4 \(address)
        s=\(evil)
        c=IN IP4 \(address)
        t=0 0
        m=audio \(port) RTP/AVP 0 97
        a=rtpmap:0 PCMU/8000
        a=rtpmap:97 \(evil)/8000
        a=\(direction)
        a=label:\(evil)
        a=note:\(long)

        """.replacingOccurrences(of: "\n", with: "\r\n")
    }

    /// A recording session over TCP, since no datagram holds so much.
    private static func capture(_ evil: String, _ markup: String, _ long: String) -> [UInt8] {
        var script = CaptureScript()
        let (client, server) = (Socket(0xC000_0201, 5060), Socket(0xC000_0202, 5060))
        var next: [Socket: UInt32] = [client: 1, server: 1]
        func send(_ time: Int, _ start: String, _ method: String, by sender: Socket, _ body: String = "", _ type: String = "application/sdp") {
            let head = [
                start, "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK\(method)", "From: \"\(evil)\" <sip:src@a.test>;tag=c", "To: <sip:srs@b.test>;tag=s",
                "Call-ID: x\(evil)", "CSeq: \(method == "BYE" ? 2 : 1) \(method)", "Contact: <sip:x@192.0.2.1>;+sip.src", "Require: siprec",
                "User-Agent: \(evil)", "Server: \(evil)\(long)", body.isEmpty ? "" : "Content-Type: \(type)", "Content-Length: \(body.utf8.count)",
            ]
            let octets = Array((head.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
            for from in stride(from: 0, to: octets.count, by: 1400) {
                let piece = Array(octets[from..<min(octets.count, from + 1400)])
                script.segment(time, from: sender, to: sender == client ? server : client, sequence: next[sender] ?? 0, piece)
                next[sender, default: 0] &+= UInt32(piece.count)
            }
        }
        let document = """
            <?xml version="1.0" encoding="UTF-8"?><recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>complete</datamode>\
            <session session_id="S\(markup)"><start-time>\(markup)</start-time></session>\
            <participant participant_id="P\(markup)"><nameID aor="sip:\(markup)@x"><name>\(markup)</name><name>\(long)</name></nameID>\
            <mood xmlns="urn:x">\(markup)</mood></participant>\
            <stream stream_id="T\(markup)" session_id="S\(markup)"><label>\(markup)</label></stream>\
            <participantsessionassoc participant_id="P\(markup)" session_id="S\(markup)"/>\
            <participantstreamassoc participant_id="P\(markup)"><send>T\(markup)</send></participantstreamassoc></recording>
            """
        let body =
            "--b\r\nContent-Type: application/sdp\r\n\r\n\(description("192.0.2.1", 4000, "sendrecv", evil, long))\r\n"
            + "--b\r\nContent-Type: application/rs-metadata+xml\r\n\r\n\(document)\r\n--b--\r\n"
        send(0, "INVITE sip:srs@b.test SIP/2.0", "INVITE", by: client, body, "multipart/mixed;boundary=b")
        send(50_000, "SIP/2.0 200 \(evil)", "INVITE", by: server, description("192.0.2.2", 6000, "sendrecv", evil, long))
        send(100_000, "ACK sip:srs@b.test SIP/2.0", "ACK", by: client)
        ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 0xA, seed: 1).send(0..<50, at: 500_000, into: &script)
        send(2_000_000, "BYE sip:srs@b.test SIP/2.0", "BYE", by: client)
        send(2_010_000, "SIP/2.0 200 OK", "BYE", by: server)
        return script.pcap()
    }

    /// Characters that a terminal or an editor would obey.
    private static func steering(_ text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
            default: false
            }
        }.map { "U+" + String($0.value, radix: 16) }
    }

    private static func write(_ octets: [UInt8], _ name: String, in scratch: Scratch) throws -> String {
        try Data(octets).write(to: scratch.url.appendingPathComponent(name))
        return scratch.path(name)
    }

    @Test func `nothing that is printed steers a terminal, and no line of it is endless`() throws {
        let scratch = try Scratch()
        let hostile = try Self.write(Self.capture(Self.evil, Self.markup, Self.long), "evil\u{1B}[31m\u{202E}.pcap", in: scratch)
        let made = try CommandRun(["reconstruct", hostile, "-o", scratch.path("out")])
        // The call goes on beyond the end of the capture.
        #expect(made.status == 1)
        let folder = try #require(FileManager.default.contentsOfDirectory(atPath: scratch.path("out/recordings")).first)
        let runs = [
            made, try CommandRun(["check", hostile]), try CommandRun(["inspect", hostile]),
            try CommandRun(["explain", scratch.path("out/recordings/" + folder)]), try CommandRun(["verify", scratch.path("out")]),
            try CommandRun(["reconstruct", hostile, "-o", scratch.path("dry"), "--dry-run"]),
        ]
        for (number, run) in runs.enumerated() {
            for text in [run.output, run.errors] {
                #expect(Self.steering(text) == [], "run \(number)")
                #expect(text.components(separatedBy: "\n").allSatisfy { $0.count < 2100 }, "run \(number)")
            }
        }
        // It is not that nothing was there to be shown.
        #expect(runs[1].output.contains("<script>alert(1)") && runs[1].output.contains("\u{FFFD}[31mred"))
        #expect(runs[2].output.contains("… (") && runs[3].output.contains("AAAA"))
        for (command, flag) in [("check", "--json"), ("check", "--sarif"), ("inspect", "--json")] {
            let run = try CommandRun([command, flag, hostile])
            #expect(Self.steering(run.output) == [], "\(command) \(flag)")
            #expect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) is [String: Any])
            // What was escaped is what was said.
            #expect(run.output.contains("\\u202egpj."))
        }
    }

    @Test func `files hold what was said and steer nobody's display; pages gain no element`() throws {
        let scratch = try Scratch()
        var pages: [String: [String]] = [:]
        for (name, octets) in [
            ("hostile", Self.capture(Self.evil, Self.markup, Self.long)), ("harmless", Self.capture("evil", "evil", "long")),
        ] {
            let input = try Self.write(octets, name + ".pcap", in: scratch)
            _ = try CommandRun(["reconstruct", input, "-o", scratch.path(name), "--events", "rttm,textgrid", "--vcon", "file"])
            let files = Tree.files(scratch.path(name)).filter { !$0.hasSuffix(".wav") && !$0.contains("metadata/") }
            #expect(files.count >= 11)
            for file in files {
                let text = try Tree.text(scratch.path(name) + "/" + file)
                #expect(Self.steering(text) == [], "\(name)/\(file)")
                #expect(file.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }, "\(file)")
                if file.hasSuffix("report.html") { pages[name, default: []].append(text) }
            }
        }
        // Names, findings and messages differ, but no script, frame, handler or form that is not ours stands in a page.
        let (hostile, harmless) = (try #require(pages["hostile"]), try #require(pages["harmless"]))
        try #require(hostile.count == 2 && harmless.count == 2)
        for (bad, good) in zip(hostile, harmless) {
            for markup in ["<script", "<img", "<iframe", "<form", "<a href=\"javascript", " onerror=\"", "<style", "<object", "<link"] {
                #expect(bad.components(separatedBy: markup).count == good.components(separatedBy: markup).count, "\(markup)")
            }
            #expect(!bad.contains("<script>alert") && bad.utf8.count < 3 << 20)
        }
        #expect(hostile.contains { $0.contains("&lt;script&gt;alert(1)") })
        // The message is there to be read, its control characters spelled out.
        let signalling = try #require(Tree.files(scratch.path("hostile")).first { $0.hasSuffix("signalling.txt") })
        let text = try Tree.text(scratch.path("hostile/" + signalling))
        #expect(text.contains("User-Agent: <script>alert(1)</script>"))
        #expect(text.contains("␛[31mred␛]0;title␇⟨U+202E⟩gpj.⟨U+2066⟩x⟨U+200F⟩⟨U+9B⟩31m␡␈"))
        #expect(text.contains(Self.long))
    }
}

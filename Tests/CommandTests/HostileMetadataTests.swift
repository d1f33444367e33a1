import Foundation
import TestSupport
import Testing

/// Metadata that is made to cost time or memory, through the whole program: refused with a finding, within bounds, and the sound is there.
struct HostileMetadataTests {
    private static let head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>complete</datamode><session session_id=\"S\"/>"
    private static let end = "</recording>"

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let document: @Sendable () -> [UInt8]
        let rule: String
        var testDescription: String { name }

        init(_ name: String, _ rule: String, _ document: @escaping @Sendable () -> [UInt8]) {
            self.name = name
            self.rule = rule
            self.document = document
        }
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static let rows: [Row] = [
        Row("entities in entities", "MET012") {
            let entities = (1..<12).map { "<!ENTITY a\($0) \"\(repeated("&a\($0 - 1);", 10))\">" }.joined()
            return Array("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"lol\">\(entities)]><recording><session session_id=\"&a11;\"/></recording>".utf8)
        },
        Row("one long entity, often", "MET012") {
            Array("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"\(repeated("x", 100_000))\">]><recording>\(repeated("&a;", 20_000))</recording>".utf8)
        },
        Row("an entity of a file", "MET012") {
            Array("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><recording><group group_id=\"&x;\"/></recording>".utf8)
        },
        Row("10,000 elements in one another", "MET013") { Array((head + repeated("<a>", 10_000) + repeated("</a>", 10_000) + end).utf8) },
        Row("300,000 elements in one another, none closed", "MET013") { Array((head + repeated("<a>", 300_000)).utf8) },
        Row("100,000 elements", "MET013") { Array((head + repeated("<stream stream_id=\"T\"/>", 100_000) + end).utf8) },
        Row("100,000 attributes", "MET013") { Array((head + "<stream " + (0..<100_000).map { "a\($0)='1'" }.joined(separator: " ") + "/>" + end).utf8) },
        Row("an attribute of 3 MB", "MET013") {
            Array((head + "<stream stream_id=\"").utf8) + [UInt8](repeating: 0x61, count: 3 << 20) + Array("\"/></recording>".utf8)
        },
        Row("an attribute of 50 MB", "SIP006") {
            Array((head + "<stream stream_id=\"").utf8) + [UInt8](repeating: 0x61, count: 50 << 20) + Array("\"/></recording>".utf8)
        },
        Row("a million opening brackets", "MET013") { Array((head + repeated("<", 1 << 20)).utf8) },
    ]

    /// A recording session over TCP with this document, one second of sound, and BYE.
    private static func capture(_ document: [UInt8]) -> [UInt8] {
        var script = CaptureScript()
        let (client, server) = (Socket(0xC000_0201, 5060), Socket(0xC000_0202, 5060))
        var next: [Socket: UInt32] = [client: 1, server: 1]
        func send(_ time: Int, by sender: Socket, _ head: [String], _ body: [UInt8] = []) {
            let octets = Array((head + ["Content-Length: \(body.count)", "", ""]).joined(separator: "\r\n").utf8) + body
            for from in stride(from: 0, to: octets.count, by: 60_000) {
                let piece = Array(octets[from..<min(octets.count, from + 60_000)])
                script.segment(time, from: sender, to: sender == client ? server : client, sequence: next[sender] ?? 0, piece)
                next[sender, default: 0] &+= UInt32(piece.count)
            }
        }
        func head(_ start: String, _ cseq: String, _ more: [String] = []) -> [String] {
            [
                start, "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK\(cseq.prefix(1))", "From: <sip:src@a.test>;tag=c",
                "To: <sip:srs@b.test>" + (start.hasPrefix("INVITE") ? "" : ";tag=s"), "Call-ID: bomb@a.test", "CSeq: \(cseq)",
                "Contact: <sip:src@192.0.2.1>;+sip.src", "Require: siprec",
            ] + more
        }
        func description(_ host: String, _ port: Int, _ direction: String) -> [UInt8] {
            Array("v=0\r\no=- 1 1 IN IP4 \(host)\r\ns=-\r\nc=IN IP4 \(host)\r\nt=0 0\r\nm=audio \(port) RTP/AVP 0\r\na=\(direction)\r\na=label:1\r\n".utf8)
        }
        let parts =
            Array("--b\r\nContent-Type: application/sdp\r\n\r\n".utf8) + description("192.0.2.1", 4000, "sendonly")
            + Array("\r\n--b\r\nContent-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n".utf8) + document
            + Array("\r\n--b--\r\n".utf8)
        send(0, by: client, head("INVITE sip:srs@b.test SIP/2.0", "1 INVITE", ["Content-Type: multipart/mixed;boundary=b"]), parts)
        send(50_000, by: server, head("SIP/2.0 200 OK", "1 INVITE", ["Content-Type: application/sdp"]), description("192.0.2.2", 6000, "recvonly"))
        send(60_000, by: client, head("ACK sip:srs@b.test SIP/2.0", "1 ACK"))
        ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 0xA, seed: 1).send(0..<50, at: 500_000, into: &script)
        send(2_000_000, by: client, head("BYE sip:srs@b.test SIP/2.0", "2 BYE"))
        send(2_010_000, by: server, head("SIP/2.0 200 OK", "2 BYE"))
        return script.pcap()
    }

    /// Bounds of an unoptimized build: `ulimit` ends the program where it takes more.
    @Test(arguments: rows) func isRefusedInBoundedTimeAndMemory(_ row: Row) throws {
        let scratch = try Scratch()
        try Data(Self.capture(row.document())).write(to: scratch.url.appendingPathComponent("bomb.pcap"))
        let limited = "ulimit -v 2000000; ulimit -t 120; exec \"$0\" reconstruct bomb.pcap -o out --no-report"
        let run = try CommandRun(URL(fileURLWithPath: "/bin/sh"), ["-c", limited, CommandRun.executable.path], in: scratch.url)
        #expect(run.status == 0 || run.status == 1, "\(run.status) \(run.errors.suffix(500))")
        #expect(run.errors.contains(" \(row.rule) "), "\(run.errors.prefix(2000))")
        // No finding repeats the document, and none of it is taken from elsewhere.
        #expect(run.errors.utf8.count < 20_000 && !run.errors.contains("root:"))
        let recording = try #require(try Tree.recordings(scratch.path("out")).first)
        #expect(recording["kind"] as? String == "siprec")
        let file = try #require((recording["files"] as? [[String: Any]])?.first { $0["frames"] != nil })
        #expect(file["frames"] as? Int == 8000)
        if row.rule == "SIP006" { #expect(recording["complete"] as? Bool == false) }
    }
}

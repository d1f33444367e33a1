import Evidence
import SDPSyntax
import SIPSyntax
import StreamMatching
import Testing

@testable import SIPDialogs

/// Signalling of calls between a client at 192.0.2.1 and a server at 192.0.2.2, from messages as text.
struct CallScript {
    private var table = DialogTable(limits: Limits())
    private var findings = FindingLog()
    private var frame: UInt32 = 0
    var callID = "c1@test"
    var isRecording = false

    static func time(_ second: Double) -> CaptureTime { CaptureTime(seconds: second) }

    /// `start` is a method or a status.
    mutating func send(
        _ start: String, at second: Double, cseq: Int = 1, method: String = "INVITE", by side: Side = .client, request: Side = .client, body: String = ""
    ) {
        frame += 1
        let isRequest = Int(start) == nil
        let isFirst = start == "INVITE" && cseq == 1
        let client = "<sip:a@client.test>;tag=c"
        let server = "<sip:b@server.test>" + (isFirst ? "" : ";tag=s")
        var lines = [isRequest ? "\(start) sip:x@test SIP/2.0" : "SIP/2.0 \(start) Text"]
        lines.append("Via: SIP/2.0/UDP test;branch=z9\(cseq)\(method)\(request)")
        lines += request == .client ? ["From: \(client)", "To: \(server)"] : ["From: \(server)", "To: \(client)"]
        lines += ["Call-ID: \(callID)", "CSeq: \(cseq) \(method)", "Contact: <sip:\(side)@test>" + (isRecording && side == .client ? ";+sip.src" : "")]
        if isRecording, start == "INVITE" { lines.append("Require: siprec") }
        if !body.isEmpty { lines.append("Content-Type: application/sdp") }
        lines += ["Content-Length: \(body.utf8.count)", "", body]
        let ends = [Endpoint(IPAddress(v4: 0xC000_0201), 5060), Endpoint(IPAddress(v4: 0xC000_0202), 5060)]
        let path = side == .client ? NetworkPath(source: ends[0], destination: ends[1]) : NetworkPath(source: ends[1], destination: ends[0])
        guard let message = SIPMessage(parsing: Array(lines.joined(separator: "\r\n").utf8), limits: Limits()) else { return }
        let time = Self.time(second)
        table.add(message, path: path, transport: .udp, time: time, origins: OriginMap(Origin(capture: 0, frame: frame), at: time), findings: &findings)
    }

    /// An offer, its answer 0.2 s later, and ACK.
    mutating func exchange(at second: Double, cseq: Int = 1, by side: Side = .client, offer: String, answer: String, status: String = "200") {
        send("INVITE", at: second, cseq: cseq, by: side, request: side, body: offer)
        send(status, at: second + 0.2, cseq: cseq, by: side.other, request: side, body: answer)
        send("ACK", at: second + 0.3, cseq: cseq, method: "ACK", by: side, request: side)
    }

    mutating func bye(at second: Double) { send("BYE", at: second, cseq: 99, method: "BYE") }

    mutating func dialogs() -> [SIPDialog] { table.finish(findings: &findings) }

    /// The streams of the only dialog.
    mutating func streams(dialogIndex: Int = 0) throws -> [NegotiatedStream] {
        let dialogs = dialogs()
        try #require(dialogs.count == 1)
        return dialogs[0].negotiatedStreams(dialogIndex: dialogIndex)
    }
}

/// A description; each line is `m=` with its attributes behind.
func sdp(_ address: String, _ lines: [[String]], session: [String] = []) -> String {
    (["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"] + session + lines.flatMap(\.self)).joined(separator: "\r\n") + "\r\n"
}

func audio(_ port: Int, _ attributes: String..., profile: String = "RTP/AVP", types: String = "0") -> [String] {
    ["m=audio \(port) \(profile) \(types)"] + attributes.map { "a=\($0)" }
}

/// 30 octets of key and salt, all `letter`.
func key(_ letter: Character) -> String { String(repeating: letter, count: 40) }

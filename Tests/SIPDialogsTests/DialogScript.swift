import Evidence
import SIPSyntax

@testable import SIPDialogs

/// A capture of SIP messages, one a second, between a client at 192.0.2.1 and a server at 192.0.2.2.
struct DialogScript {
    var callID = "c1@test"
    var table = DialogTable(limits: Limits())
    var findings = FindingLog()
    private(set) var frame: UInt32 = 0
    var transport = SignallingTransport.udp
    /// Feature tag of each party's Contact.
    var clientTag = ""
    var serverTag = ""
    var isRecording = false

    static let client = Endpoint(IPAddress(v4: 0xC000_0201), 5060)
    static let server = Endpoint(IPAddress(v4: 0xC000_0202), 5060)

    static func time(_ frame: UInt32) -> CaptureTime { CaptureTime(nanoseconds: Int64(frame) * 1_000_000_000) }

    /// `line` is a method or a status line's status; `by` the sender of the message.
    @discardableResult
    mutating func send(
        _ line: String, cseq: Int, _ method: String = "INVITE", by side: Side = .client, request: Side = .client, from: String = "c", to: String? = nil,
        headers: [String] = [], type: String = "application/sdp", body: String = "", branch: String? = nil, at time: CaptureTime? = nil
    ) -> UInt32 {
        frame += 1
        let isRequest = Int(line) == nil
        let clientURI = "\"Ann\" <sip:a@client.test>;tag=\(from)"
        let serverURI = "<sip:b@server.test>" + (to.map { ";tag=\($0)" } ?? "")
        var lines = [isRequest ? "\(line) sip:x@test SIP/2.0" : "SIP/2.0 \(line) Text"]
        lines.append("Via: SIP/2.0/UDP test;branch=\(branch ?? "z9\(cseq)\(method)\(request)")")
        lines.append(request == .client ? "From: \(clientURI)" : "From: \(serverURI)")
        lines.append(request == .client ? "To: \(serverURI)" : "To: \(clientURI)")
        lines += ["Call-ID: \(callID)", "CSeq: \(cseq) \(method)", "Contact: <sip:\(side)@test>\(side == .client ? clientTag : serverTag)"]
        if isRecording, line == "INVITE" { lines.append("Require: siprec") }
        lines += headers
        if !body.isEmpty { lines.append("Content-Type: \(type)") }
        lines += ["Content-Length: \(body.utf8.count)", "", body]
        let path = NetworkPath(source: side == .client ? Self.client : Self.server, destination: side == .client ? Self.server : Self.client)
        let moment = time ?? Self.time(frame)
        guard let message = SIPMessage(parsing: Array(lines.joined(separator: "\r\n").utf8), limits: Limits()) else { return frame }
        let origins = OriginMap(Origin(capture: 0, frame: frame), at: moment)
        table.add(message, path: path, transport: transport, time: moment, origins: origins, findings: &findings)
        return frame
    }

    mutating func dialogs() -> [SIPDialog] { table.finish(findings: &findings) }

    var codes: Set<String> { Set(findings.sorted.map(\.rule.code)) }
}

/// A description with this session name and one audio line a direction.
func sdp(_ name: String, _ directions: [String] = ["sendrecv"], labels: [String] = [], profile: String = "RTP/AVP", extra: [String] = []) -> String {
    var lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.9", "s=\(name)", "c=IN IP4 192.0.2.9", "t=0 0"]
    for (index, direction) in directions.enumerated() {
        lines += ["m=audio \(4000 + 2 * index) \(profile) 0", "a=\(direction)"] + extra
        if index < labels.count { lines.append("a=label:\(labels[index])") }
    }
    return lines.joined(separator: "\r\n") + "\r\n"
}

let metadata = "<?xml version=\"1.0\"?><recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>complete</datamode></recording>"

func multipart(_ description: String, disposition: String = "recording-session", type: String = "application/rs-metadata+xml") -> String {
    "--b\r\nContent-Type: application/sdp\r\n\r\n\(description)\r\n--b\r\nContent-Type: \(type)\r\n"
        + (disposition.isEmpty ? "" : "Content-Disposition: \(disposition)\r\n") + "\r\n\(metadata)\r\n--b--\r\n"
}

let multipartType = "multipart/mixed;boundary=b"

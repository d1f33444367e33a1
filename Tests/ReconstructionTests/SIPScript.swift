import TestSupport

/// Writes the signalling of one call between 192.0.2.1 (client) and 192.0.2.2 (server) into a capture; times in microseconds.
struct SIPScript {
    var client = Socket(0xC000_0201, 5060)
    var server = Socket(0xC000_0202, 5060)
    var tags = (client: "c", server: "s")
    var callID = "call-1@client.test"
    var isRecording = true
    var clientUser = "src"
    var serverUser = "srs"

    enum Party { case client, server }

    /// `start` is a method or a status.
    func send(
        _ start: String, _ time: Int, cseq: Int, method: String = "INVITE", by party: Party = .client, type: String = "application/sdp", body: String = "",
        headers: [String] = [], into script: inout CaptureScript
    ) {
        let isRequest = Int(start) == nil
        let target = party == .client ? "\(serverUser)@server.test" : "\(clientUser)@client.test"
        var lines = [isRequest ? "\(start) sip:\(target) SIP/2.0" : "SIP/2.0 \(start) OK"]
        lines.append("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK\(cseq)\(method)")
        // From is who sent the request, in its answer too (RFC 3261 section 8.2.6.2).
        let asks: Party = isRequest ? party : party == .client ? .server : .client
        let isInitial = start == "INVITE" && cseq == 1 && asks == .client
        let ends = ["<sip:\(clientUser)@client.test>;tag=\(tags.client)", "<sip:\(serverUser)@server.test>" + (isInitial ? "" : ";tag=\(tags.server)")]
        lines.append("From: " + (asks == .client ? ends[0] : ends[1]))
        lines.append("To: " + (asks == .client ? ends[1] : ends[0]))
        lines += ["Call-ID: \(callID)", "CSeq: \(cseq) \(method)"]
        lines.append(party == .client ? "Contact: <sip:\(clientUser)@192.0.2.1>\(isRecording ? ";+sip.src" : "")" : "Contact: <sip:\(serverUser)@192.0.2.2>")
        if isRecording, start == "INVITE" { lines.append("Require: siprec") }
        lines += headers
        if !body.isEmpty { lines.append("Content-Type: \(type)") }
        lines += ["Content-Length: \(body.utf8.count)", "", body]
        let (from, to) = party == .client ? (client, server) : (server, client)
        script.datagram(time, from: from, to: to, lines.joined(separator: "\r\n"))
    }

    /// INVITE, 200 and ACK from 0 to 0.1 s after `time`.
    func open(_ time: Int, offer: String, answer: String, metadata: String? = nil, into script: inout CaptureScript) {
        if let metadata {
            send("INVITE", time, cseq: 1, type: "multipart/mixed;boundary=b", body: Self.multipart(offer, metadata), into: &script)
        } else {
            send("INVITE", time, cseq: 1, body: offer, into: &script)
        }
        send("200", time + 50_000, cseq: 1, by: .server, body: answer, into: &script)
        send("ACK", time + 100_000, cseq: 1, method: "ACK", into: &script)
    }

    func close(_ time: Int, into script: inout CaptureScript) {
        send("BYE", time, cseq: 90, method: "BYE", into: &script)
        send("200", time + 10_000, cseq: 90, method: "BYE", by: .server, into: &script)
    }

    static func multipart(_ description: String, _ metadata: String) -> String {
        "--b\r\nContent-Type: application/sdp\r\n\r\n\(description)\r\n--b\r\nContent-Type: application/rs-metadata+xml\r\n"
            + "Content-Disposition: recording-session\r\n\r\n\(metadata)\r\n--b--\r\n"
    }

    /// One audio line for each port, labelled from 1 on where `labels`.
    static func description(
        _ address: String, ports: [Int], direction: String, labels: Bool = false, profile: String = "RTP/AVP", extra: [String] = []
    ) -> String {
        var lines = ["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"]
        for (index, port) in ports.enumerated() {
            lines += ["m=audio \(port) \(profile) 0", "a=rtpmap:0 PCMU/8000", "a=\(direction)"] + extra
            if labels { lines.append("a=label:\(index + 1)") }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    static func metadata(_ body: String, mode: String = "complete") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>\(mode)</datamode>\(body)</recording>"
    }

    static func participant(_ id: String, name: String, sends: [String]) -> String {
        "<participant participant_id=\"\(id)\"><nameID aor=\"sip:\(name)@example.test\"><name>\(name)</name></nameID></participant>"
            + "<participantsessionassoc participant_id=\"\(id)\" session_id=\"S\"/>"
            + "<participantstreamassoc participant_id=\"\(id)\">" + sends.map { "<send>\($0)</send>" }.joined() + "</participantstreamassoc>"
    }

    static func stream(_ id: String, label: String) -> String { "<stream stream_id=\"\(id)\" session_id=\"S\"><label>\(label)</label></stream>" }

    /// Ann sends T1 (label 1), Bob sends T2 (label 2).
    static let annAndBob = metadata(
        "<session session_id=\"S\"/>" + participant("PA", name: "ann", sends: ["T1"]) + participant("PB", name: "bob", sends: ["T2"])
            + stream("T1", label: "1") + stream("T2", label: "2"))
}

/// A recording session of two parties: Ann on port 4000 to 6000, Bob on 4002 to 6002. Media begins half a second after the INVITE.
struct SessionScript {
    var script = CaptureScript()
    var sip = SIPScript()
    static let ann = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 0xA, seed: 1)
    static let bob = ToneSource(from: Socket(0xC000_0201, 4002), to: Socket(0xC000_0202, 6002), ssrc: 0xB, firstSequence: 65_500, seed: 2)

    mutating func open(metadata: String? = SIPScript.annAndBob, ports: Int = 2, profile: String = "RTP/AVP", extra: [String] = []) {
        let from = [4000, 4002], to = [6000, 6002]
        sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: Array(from.prefix(ports)), direction: "sendonly", labels: true, profile: profile, extra: extra),
            answer: SIPScript.description("192.0.2.2", ports: Array(to.prefix(ports)), direction: "recvonly", profile: profile, extra: extra),
            metadata: metadata, into: &script)
    }

    /// Ann speaks from 0.5 s on, Bob from 0.6 s on.
    static func plain(packets: Int = 100, lost: Set<Int> = []) -> CaptureScript {
        var session = SessionScript()
        session.open()
        ann.send(0..<packets, at: 500_000, without: lost, into: &session.script)
        bob.send(0..<packets * 4 / 5, at: 600_000, into: &session.script)
        session.sip.close(500_000 + packets * 20_000 + 500_000, into: &session.script)
        return session.script
    }
}

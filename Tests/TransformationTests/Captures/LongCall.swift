import TestSupport

/// A plain call of two parties who send PCMU every 20 ms: long enough for stalls that no sample has room for.
enum LongCall {
    static func capture(seconds: Int) throws -> Capture {
        var script = CaptureScript()
        let (caller, callee) = (Socket(0xC000_0201, 5060), Socket(0xC000_0202, 5060))
        func description(_ address: String, _ port: Int) -> String {
            "v=0\r\no=- 1 1 IN IP4 \(address)\r\ns=-\r\nc=IN IP4 \(address)\r\nt=0 0\r\nm=audio \(port) RTP/AVP 0\r\n"
        }
        func message(_ start: String, _ number: Int, _ method: String, body: String = "") -> String {
            let isFirst = start.hasPrefix("INVITE")
            let lines = [
                start, "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK\(number)\(method)", "From: <sip:nora@client.test>;tag=c",
                "To: <sip:omar@server.test>" + (isFirst ? "" : ";tag=s"), "Call-ID: long-call@client.test", "CSeq: \(number) \(method)",
                "Contact: <sip:party@\(start.hasPrefix("SIP") ? "192.0.2.2" : "192.0.2.1")>",
            ]
            let rest = body.isEmpty ? [] : ["Content-Type: application/sdp"]
            return (lines + rest + ["Content-Length: \(body.utf8.count)", "", body]).joined(separator: "\r\n")
        }
        script.datagram(0, from: caller, to: callee, message("INVITE sip:omar@server.test SIP/2.0", 1, "INVITE", body: description("192.0.2.1", 4000)))
        script.datagram(50_000, from: callee, to: caller, message("SIP/2.0 200 OK", 1, "INVITE", body: description("192.0.2.2", 4002)))
        script.datagram(100_000, from: caller, to: callee, message("ACK sip:omar@server.test SIP/2.0", 1, "ACK"))
        let (left, right) = (Socket(caller.address, 4000), Socket(callee.address, 4002))
        ToneSource(from: left, to: right, ssrc: 0x1111, seed: 3).send(0..<(seconds * 50), at: 200_000, into: &script)
        ToneSource(from: right, to: left, ssrc: 0x2222, seed: 5).send(0..<(seconds * 50), at: 203_000, into: &script)
        let end = seconds * 1_000_000 + 300_000
        script.datagram(end, from: caller, to: callee, message("BYE sip:omar@server.test SIP/2.0", 2, "BYE"))
        script.datagram(end + 10_000, from: callee, to: caller, message("SIP/2.0 200 OK", 2, "BYE"))
        return try Capture(parsing: script.pcap())
    }
}

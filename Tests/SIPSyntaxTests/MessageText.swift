import Evidence

@testable import SIPSyntax

/// A message from its header lines and body; CRLF line ends.
func octets(_ lines: [String], body: String = "") -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8) }

func parse(_ lines: [String], body: String = "") -> SIPMessage? { SIPMessage(parsing: octets(lines, body: body), limits: Limits()) }

let plainHeaders = [
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1", "From: <sip:a@example.com>;tag=a1", "To: <sip:b@example.com>", "Call-ID: c1@example.com",
    "CSeq: 1 INVITE",
]
let inviteLine = "INVITE sip:b@example.com SIP/2.0"

extension SIPMessage {
    var codes: [String] { remarks.map(\.rule.code) }
}

func looksLikeSIP(_ bytes: [UInt8]) -> Bool {
    let span = bytes.span.bytes
    return SIPMessage.looksLikeSIP(span)
}

package import Evidence

extension Rule {
    package static var net009: Rule {
        Rule(
            code: "NET009", title: "Incomplete SCTP message", severity: .warning,
            meaning: "Some fragments of an SCTP user message are missing from the capture, so the message could not be reassembled.",
            consequence: "A SIP message in it is lost completely: dialogs may lack their metadata or their end.",
            cause: "Packet loss in the capture, a snap length, or a capture point that sees one of several paths of a multihomed endpoint.",
            action: "The fragments are not used; nothing is assumed for the missing part.",
            remedy: "Check the capture for drops, and capture all paths of the association.",
            reference: "RFC 9260 section 6.9; RFC 4168")
    }
}

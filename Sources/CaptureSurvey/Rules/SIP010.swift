package import Evidence

extension Rule {
    package static var sip010: Rule {
        Rule(
            code: "SIP010", title: "Content-Length contradicts the stream", severity: .warning,
            meaning: """
                The Content-Length of a message on a stream ends its body where no message begins, or beyond the start line of the next message.
                """,
            consequence: "A receiver that keeps to the field loses the end of the body, or the next message, and often closes the connection.",
            cause: "A sender that counts characters instead of octets, or changes the body, for example its line ends, after counting.",
            action: "The body ends where the next message begins, or else where the octets that were sent with it end.",
            remedy: "Correct the sender; a proxy that rewrites bodies must count again.",
            reference: "RFC 3261 section 18.3")
    }
}

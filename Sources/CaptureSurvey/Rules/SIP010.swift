package import Evidence

extension Rule {
    package static var sip010: Rule {
        Rule(
            code: "SIP010", title: "Content-Length contradicts the stream", severity: .warning,
            meaning: "On a stream, the body length of a message ends where no message begins, or beyond the start line of the next message.",
            consequence: "A receiver that follows the field loses the end of the body, or the next message, and often closes the connection.",
            cause: "A sender that counts characters instead of bytes, or changes the body, for example its line endings, after counting.",
            action: "The body ends where the next message begins, otherwise where the bytes sent with it end.",
            remedy: "Correct the sender; a proxy that rewrites bodies must count again.",
            reference: "RFC 3261 section 18.3")
    }
}

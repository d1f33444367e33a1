package import Evidence

extension Rule {
    /// Content-Length smaller than the body.
    package static var sip007: Rule {
        Rule(
            code: "SIP007", title: "Content-Length smaller than the body", severity: .warning,
            meaning: "More bytes follow the body than Content-Length declares.",
            consequence: "A receiver that follows the length truncates the body, and metadata in its last part becomes unreadable.",
            cause: "A sender that counts characters instead of bytes, or an intermediary that edits the body and keeps the old length.",
            action:
                "The declared length is followed, unless it truncates a multipart or XML body whose proper end follows in the same datagram: then all of "
                + "it is read.",
            remedy: "Correct the Content-Length of the sender or of the rule that edits the body.",
            reference: "RFC 3261 section 18.3 and RFC 4475 section 3.1.1.8")
    }
}

package import Evidence

extension Rule {
    /// Label is not a valid token.
    package static var rec018: Rule {
        Rule(
            code: "REC018", title: "Label is not a valid token", severity: .warning,
            meaning: "A label has characters that RFC 4574 does not allow.",
            consequence: "A recorder may truncate or reject it, and the stream then has no participant.",
            cause: "Display names or URIs used as labels.",
            action: "Labels are compared byte by byte.",
            remedy: "Use letters and digits.",
            reference: "RFC 4574 section 4")
    }
}

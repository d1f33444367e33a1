package import Evidence

extension Rule {
    /// Label is not a token.
    package static var rec018: Rule {
        Rule(
            code: "REC018", title: "Label is not a token", severity: .warning,
            meaning: "A label has characters that RFC 4574 does not allow.",
            consequence: "A recorder may cut or refuse it, and then the stream has no participant.",
            cause: "Display names or URIs are used as labels.",
            action: "Labels are compared octet by octet.",
            remedy: "Use letters and digits.",
            reference: "RFC 4574 section 4")
    }
}

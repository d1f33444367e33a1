package import Evidence

extension Rule {
    /// Snapshot request not answered.
    package static var rec010: Rule {
        Rule(
            code: "REC010", title: "Snapshot request not answered", severity: .warning,
            meaning: "The recording server requested a snapshot, and no complete metadata followed within five seconds.",
            consequence: "The server's view of participants and streams may be wrong.",
            cause: "The client does not support snapshot requests, or the capture ends too early.",
            action: "Metadata is used as far as it was sent.",
            remedy: "The client should send a complete document immediately in a new UPDATE or INVITE.",
            reference: "RFC 7866 section 9.2")
    }
}

package import Evidence

extension Rule {
    /// Snapshot request without a snapshot.
    package static var rec010: Rule {
        Rule(
            code: "REC010", title: "Snapshot request without a snapshot", severity: .warning,
            meaning: "The recording server asked for a snapshot and no complete metadata followed within five seconds.",
            consequence: "The server keeps a picture of participants and streams that may be wrong.",
            cause: "The client does not know snapshot requests, or the capture ends too early.",
            action: "Metadata is used as far as it came.",
            remedy: "Let the client send a complete document in a new UPDATE or INVITE at once.",
            reference: "RFC 7866 section 9.2")
    }
}

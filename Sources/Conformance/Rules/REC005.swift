package import Evidence

extension Rule {
    /// Metadata arrives late.
    package static var rec005: Rule {
        Rule(
            code: "REC005", title: "Metadata arrives late", severity: .warning,
            meaning: "The first metadata arrived more than five seconds after the session was answered.",
            consequence: "Until then nobody can tell who speaks on which stream.",
            cause: "The client waits for events of its own call control before it sends metadata.",
            action: "The first document is also applied to the media before it.",
            remedy: "Send the complete metadata in the first INVITE.",
            reference: "RFC 7866 section 9.1")
    }
}

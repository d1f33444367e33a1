package import Evidence

extension Rule {
    /// Recording INVITE rejected.
    package static var dlg002: Rule {
        Rule(
            code: "DLG002", title: "Recording INVITE rejected", severity: .warning,
            meaning: "The INVITE to the recorder was answered with a final failure.",
            consequence: "Unless another INVITE succeeded, the conversation was not recorded.",
            cause: "The recorder is full, does not support siprec (420), the codec (488) or the metadata type (415), or wants credentials.",
            action: "The rejected offer is kept as evidence; its keys and addresses are not applied.",
            remedy: "Read the status code at the recorder, and look for a later INVITE that took over.",
            reference: "RFC 7866 section 6.1.1 and RFC 3261 section 21.4")
    }
}

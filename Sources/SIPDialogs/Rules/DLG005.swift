package import Evidence

extension Rule {
    /// Recording session without metadata.
    package static var dlg005: Rule {
        Rule(
            code: "DLG005", title: "Recording session without metadata", severity: .error, concernsContent: false,
            meaning: "The recording session was established, but no metadata was seen in it.",
            consequence: "The participants, and who speaks on which stream, are unknown.",
            cause: "A vendor that delivers metadata by other means, or messages missing from the capture.",
            action: "The audio is written anyway; streams are named by label or flow.",
            remedy: "Enable metadata at the recording client, or use the vendor's own headers.",
            reference: "RFC 7866 section 9.1")
    }
}

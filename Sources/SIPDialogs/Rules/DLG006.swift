package import Evidence

extension Rule {
    /// Metadata without Content-Disposition: recording-session.
    package static var dlg006: Rule {
        Rule(
            code: "DLG006", title: "Metadata without Content-Disposition: recording-session", severity: .error, concernsContent: false,
            meaning: "A metadata body part lacks Content-Disposition: recording-session.",
            consequence: "A strict recording server ignores the part and records without participants.",
            cause: "A recording client built before the standard.",
            action: "The part is recognised by its type or content and used.",
            remedy: "Add Content-Disposition: recording-session to the metadata part.",
            reference: "RFC 7866 sections 9 and 11.3")
    }
}

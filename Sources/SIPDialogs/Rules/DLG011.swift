package import Evidence

extension Rule {
    /// Unknown metadata media type.
    package static var dlg011: Rule {
        Rule(
            code: "DLG011", title: "Unknown metadata media type", severity: .error, concernsContent: false,
            meaning: "A metadata document has a media type that neither RFC 9806, RFC 7865, RFC 7866 nor their drafts define.",
            consequence: "Recorders find metadata by its type: they reject the INVITE with 415, or record without names.",
            cause: "A header manipulation rule, or a client that sends its own XML as text/xml or application/xml.",
            action: "The part is recognised by its content and used.",
            remedy: "Send application/rs-metadata+xml.",
            reference: "RFC 9806; RFC 7865 section 5")
    }
}

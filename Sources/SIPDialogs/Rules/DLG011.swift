package import Evidence

extension Rule {
    /// Metadata of a media type that no edition names.
    package static var dlg011: Rule {
        Rule(
            code: "DLG011", title: "Metadata of a media type that no edition names", severity: .error, concernsContent: false,
            meaning: "A metadata document has a media type that neither RFC 9806, RFC 7865 and RFC 7866 nor their drafts name.",
            consequence: "Recorders find metadata by its type: they refuse the INVITE with 415 or record without names.",
            cause: "Header manipulation, or a client that sends its own XML as text/xml or application/xml.",
            action: "The part is recognised by its content and used.",
            remedy: "Send application/rs-metadata+xml.",
            reference: "RFC 9806; RFC 7865 section 5")
    }
}

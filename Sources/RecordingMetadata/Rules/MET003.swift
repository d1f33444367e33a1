package import Evidence

extension Rule {
    /// Metadata with an unknown root element.
    package static var met003: Rule {
        Rule(
            code: "MET003", title: "Metadata with an unknown root element", severity: .error, concernsContent: false,
            meaning: "The document does not begin with the element recording (or requestsnapshot).",
            consequence: "A recorder that follows RFC 7865 finds nothing in it.",
            cause: """
                Draft formats used recording_metadata or recording-metadata; other names are proprietary, or the body is no recording metadata at \
                all.
                """,
            action: "siprecap reads the known elements below the root all the same.",
            remedy: "Configure the recording client for RFC 7865 metadata.",
            reference: "RFC 7865 section 5.1.2")
    }
}

package import Evidence

extension Rule {
    /// Metadata with an unknown root element.
    package static var met003: Rule {
        Rule(
            code: "MET003", title: "Metadata with an unknown root element", severity: .error, concernsContent: false,
            meaning: "The root element is neither recording nor requestsnapshot.",
            consequence: "A recorder that follows RFC 7865 finds nothing in it.",
            cause: "Drafts used recording_metadata or recording-metadata; other names are proprietary, or the body is not recording metadata at all.",
            action: "Known elements below the root are read anyway.",
            remedy: "Configure the recording client for RFC 7865 metadata.",
            reference: "RFC 7865 section 5.1.2")
    }
}

package import Evidence

extension Rule {
    /// Metadata from the recording server.
    package static var rec011: Rule {
        Rule(
            code: "REC011", title: "Metadata from the recording server", severity: .warning,
            meaning: "The recording server sent a metadata document; only the client should send metadata.",
            consequence: "Its information about participants is a copy at best.",
            cause: "The server echoes bodies, or a B2BUA answers with the parts it got.",
            action: "The document is applied, because it may be the only one captured.",
            remedy: "The server should send snapshot requests only.",
            reference: "RFC 7865 section 7")
    }
}

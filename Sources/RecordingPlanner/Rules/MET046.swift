package import Evidence

extension Rule {
    /// Refused document that a later one builds on.
    package static var met046: Rule {
        Rule(
            code: "MET046", title: "Metadata builds on a refused document", severity: .warning,
            meaning: "A document refers to something that only a refused document described.",
            consequence: "A strict receiver does not know who or what is meant.",
            cause: "Clients that consider a document delivered once it is sent.",
            action: "From that later document on, the refused document is treated as known.",
            remedy: "Send a complete document after a rejection.",
            reference: "RFC 7866 section 9.1")
    }
}

package import Evidence

extension Rule {
    /// Metadata while an offer is open.
    package static var rec032: Rule {
        Rule(
            code: "REC032", title: "Metadata sent while an offer is pending", severity: .warning,
            meaning: "A document is sent in a request with an offer, or in an UPDATE, while an earlier offer has no answer yet.",
            consequence: "The peer rejects it with 491 or 500, and learns of the change late or never.",
            cause: "Clients that send updates without waiting for the previous transaction.",
            action: "The document is used unless its request was rejected.",
            remedy: "Wait for the answer before the next offer or update.",
            reference: "RFC 3261 section 14.1; RFC 3311 section 5.1")
    }
}

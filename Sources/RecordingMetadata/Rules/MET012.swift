package import Evidence

extension Rule {
    /// Metadata with a document type declaration refused.
    package static var met012: Rule {
        Rule(
            code: "MET012", title: "Metadata with a document type declaration refused", severity: .error,
            meaning: """
                The document carries a DTD. DTDs define entities, which can read files, reach the network or grow without bound; recording \
                metadata has no use for one.
                """,
            consequence: "Nothing of this document is used, so that participants and labels may be missing.",
            cause: "An attack on the recorder, or a test of one.",
            action: "siprecap stops at the declaration, loads nothing and expands nothing.",
            remedy: "Remove the declaration at the sender. Find out who sent it.",
            reference: "RFC 7865 section 12, RFC 3023 section 10")
    }
}

package import Evidence

extension Rule {
    /// Metadata with a DTD rejected.
    package static var met012: Rule {
        Rule(
            code: "MET012", title: "Metadata with a DTD rejected", severity: .error,
            meaning: """
                The document carries a DTD. DTDs define entities, which can read files, reach the network or grow without bound; recording \
                metadata has no use for one.
                """,
            consequence: "Nothing in this document is used, so participants and labels may be missing.",
            cause: "An attack on the recorder, or a security test.",
            action: "Reading stops at the declaration; nothing is loaded or expanded.",
            remedy: "Remove the declaration at the sender. Find out who sent it.",
            reference: "RFC 7865 section 12, RFC 3023 section 10")
    }
}

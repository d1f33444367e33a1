package import Evidence

extension Rule {
    /// Metadata mode with an unknown value.
    package static var met004: Rule {
        Rule(
            code: "MET004", title: "Metadata mode with an unknown value", severity: .error, concernsContent: false,
            meaning: "The element datamode holds something else than complete or partial.",
            consequence: """
                Whether the document replaces or amends what was known decides when participants leave. A strict recorder may take the default, \
                complete.
                """,
            cause: "A mode that the vendor made up, or an empty element.",
            action: "An unknown value is read as complete, as an absent element is.",
            remedy: "Write datamode in lower case with the value complete or partial.",
            reference: "RFC 7865 sections 5.1.2 and 9")
    }
}

package import Evidence

extension Rule {
    /// Unknown metadata mode.
    package static var met004: Rule {
        Rule(
            code: "MET004", title: "Unknown metadata mode", severity: .error, concernsContent: false,
            meaning: "The element datamode has a value other than complete or partial.",
            consequence:
                "The mode decides whether a document replaces or amends the previous state, and so when participants leave. A strict recorder may assume "
                + "the default, complete.",
            cause: "A vendor-specific mode, or an empty element.",
            action: "An unknown value is read as complete, like an absent element.",
            remedy: "Write datamode in lower case with the value complete or partial.",
            reference: "RFC 7865 sections 5.1.2 and 9")
    }
}

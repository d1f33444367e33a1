package import Evidence

extension Rule {
    /// Metadata group without a session.
    package static var rec028: Rule {
        Rule(
            code: "REC028", title: "Metadata group without a session", severity: .warning,
            meaning: "A communication session group is described but no session refers to it.",
            consequence: "Sessions that belong together can not be joined.",
            cause: "group-ref is left out.",
            action: "The group is kept and ignored.",
            remedy: "Add group-ref to the sessions.",
            reference: "RFC 7865 section 6.2.2")
    }
}

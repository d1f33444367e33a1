package import Evidence

extension Rule {
    /// Metadata group without a session.
    package static var rec028: Rule {
        Rule(
            code: "REC028", title: "Metadata group without a session", severity: .warning,
            meaning: "The metadata describes a communication session group, but no session refers to it.",
            consequence: "Sessions that belong together cannot be grouped.",
            cause: "group-ref is missing.",
            action: "The group is kept but has no effect.",
            remedy: "Add group-ref to the sessions.",
            reference: "RFC 7865 section 6.2.2")
    }
}

package import Evidence

extension Rule {
    /// Times that are left out.
    package static var met037: Rule {
        Rule(
            code: "MET037", title: "Session or association time missing", severity: .warning,
            meaning: "A session has no start-time, or an association no associate-time.",
            consequence: "Intervals depend on when the documents were captured.",
            cause: "Senders that state times only when something changes.",
            action: "The time of the packet with the document is used.",
            remedy: "State start-time and associate-time if they are known.",
            reference: "RFC 7865 section 6.9")
    }
}

package import Evidence

extension Rule {
    /// Times that are left out.
    package static var met037: Rule {
        Rule(
            code: "MET037", title: "Times left out", severity: .warning,
            meaning: "A session has no start-time, or an association no associate-time.",
            consequence: "Intervals rest on when the documents were captured.",
            cause: "Senders that state times only when something changes.",
            action: "siprecap uses the time of the packet that carried the document.",
            remedy: "State start-time and associate-time where they are known.",
            reference: "RFC 7865 section 6.9")
    }
}

package import Evidence

extension Rule {
    /// Times in the wrong order.
    package static var rec030: Rule {
        Rule(
            code: "REC030", title: "Times in the wrong order", severity: .warning,
            meaning: "An end stands before its beginning: stop-time before start-time, or disassociate-time before associate-time.",
            consequence: "Intervals of participants and sessions are wrong.",
            cause: "Two clocks, or mixed time zones.",
            action: "The capture's own times decide.",
            remedy: "Take all times from one clock.",
            reference: "RFC 7865 section 6.9")
    }
}

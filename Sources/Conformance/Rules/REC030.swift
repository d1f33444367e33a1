package import Evidence

extension Rule {
    /// End time before start time.
    package static var rec030: Rule {
        Rule(
            code: "REC030", title: "End time before start time", severity: .warning,
            meaning: "A stop-time is before its start-time, or a disassociate-time before its associate-time.",
            consequence: "Intervals of participants and sessions are wrong.",
            cause: "Two clocks, or mixed time zones.",
            action: "The capture times are used.",
            remedy: "Take all times from one clock.",
            reference: "RFC 7865 section 6.9")
    }
}

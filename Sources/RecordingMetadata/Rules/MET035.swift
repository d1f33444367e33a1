package import Evidence

extension Rule {
    /// Session of several groups.
    package static var met035: Rule {
        Rule(
            code: "MET035", title: "Session refers to several groups", severity: .error, concernsContent: false,
            meaning: "A session has several group-refs; a communication session belongs to at most one group.",
            consequence: "Unrelated conversations may become one recording.",
            cause: "Senders that add a group on transfer instead of replacing it.",
            action: "The first group is used.",
            remedy: "Send one group-ref; replace it when the session moves to another group.",
            reference: "RFC 7865 section 6.2.2")
    }
}

package import Evidence

extension Rule {
    /// Session of several groups.
    package static var met035: Rule {
        Rule(
            code: "MET035", title: "Session refers to several groups", severity: .error, concernsContent: false,
            meaning: "A session has more than one group-ref; a communication session is in one group at most.",
            consequence: "Conversations that belong apart may become one recording.",
            cause: "Senders that add a group on transfer instead of replacing it.",
            action: "siprecap uses the first group.",
            remedy: "Send one group-ref; replace it when the session moves to another group.",
            reference: "RFC 7865 section 6.2.2")
    }
}

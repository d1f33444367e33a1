package import Evidence

extension Rule {
    /// Session that stops while participants stay.
    package static var met045: Rule {
        Rule(
            code: "MET045", title: "Session stops without disassociate-time", severity: .info,
            meaning: "A session has a stop-time and its participants no disassociate-time.",
            consequence: "None: that all have left follows from the end of the session.",
            cause: "Clients that close the session only.",
            action: "siprecap ends all associations with the session.",
            remedy: "Send disassociate-time as well, for receivers that do not infer it.",
            reference: "RFC 8068 section 3.2.3")
    }
}

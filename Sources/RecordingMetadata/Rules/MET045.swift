package import Evidence

extension Rule {
    /// Session that stops while participants stay.
    package static var met045: Rule {
        Rule(
            code: "MET045", title: "Session stops without a disassociate-time", severity: .info,
            meaning: "A session has a stop-time, but its participants have no disassociate-time.",
            consequence: "None: the end of the session implies that everybody has left.",
            cause: "Clients that only close the session.",
            action: "All associations end with the session.",
            remedy: "Send disassociate-time as well, for receivers that do not infer it.",
            reference: "RFC 8068 section 3.2.3")
    }
}

package import Evidence

extension Rule {
    /// SIP message retransmitted repeatedly.
    package static var rec025: Rule {
        Rule(
            code: "REC025", title: "SIP message retransmitted repeatedly", severity: .warning,
            meaning: "One SIP message was sent at least five times on the same path.",
            consequence: "The other party is silent or overloaded, or its responses do not come back; changes to the session are late or lost.",
            cause: "Routing or a firewall drops one direction.",
            action: "Retransmissions are folded into one.",
            remedy: "Examine the frame of the first retransmission, and look for responses on the way back.",
            reference: "RFC 3261 section 17.1.1")
    }
}

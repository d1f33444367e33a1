package import Evidence

extension Rule {
    /// Message sent again and again.
    package static var rec025: Rule {
        Rule(
            code: "REC025", title: "Message sent again and again", severity: .warning,
            meaning: "One SIP message was sent five times or more on the same path.",
            consequence: "The other party is silent, overloaded or its answers do not come back; changes of the session are late or lost.",
            cause: "Routing or a firewall drops one direction.",
            action: "Repetitions are folded into one.",
            remedy: "Look at the first repetition's frame and for answers on the way back.",
            reference: "RFC 3261 section 17.1.1")
    }
}

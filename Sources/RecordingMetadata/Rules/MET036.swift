package import Evidence

extension Rule {
    /// Reason without a number.
    package static var met036: Rule {
        Rule(
            code: "MET036", title: "Reason without a numeric cause", severity: .warning,
            meaning: "A reason element has no cause attribute, or one that is no number.",
            consequence: "Why the session ended or moved is told by text alone, or not at all.",
            cause: "Senders that put only text into the element.",
            action: "siprecap keeps the text.",
            remedy: "Send cause, and protocol where it is not SIP.",
            reference: "RFC 7865 section 9; RFC 3326 section 2")
    }
}

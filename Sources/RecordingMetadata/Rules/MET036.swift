package import Evidence

extension Rule {
    /// Reason without a number.
    package static var met036: Rule {
        Rule(
            code: "MET036", title: "Reason without a numeric cause", severity: .warning,
            meaning: "A reason element has no cause attribute, or one that is not a number.",
            consequence: "The reason why the session ended or moved is given as text only, or not at all.",
            cause: "Senders that put only text into the element.",
            action: "The text is kept.",
            remedy: "Send cause, and protocol if it is not SIP.",
            reference: "RFC 7865 section 9; RFC 3326 section 2")
    }
}

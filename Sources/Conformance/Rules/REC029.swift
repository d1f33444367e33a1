package import Evidence

extension Rule {
    /// Participant without a session.
    package static var rec029: Rule {
        Rule(
            code: "REC029", title: "Participant without a session", severity: .warning,
            meaning: "A participant of a complete document is associated with no session.",
            consequence: "It is not known when the participant took part.",
            cause: "participantsessionassoc is left out, as some products do.",
            action: "The participant is taken to be there the whole time.",
            remedy: "Send participantsessionassoc for everyone.",
            reference: "RFC 7865 section 6.6")
    }
}

package import Evidence

extension Rule {
    /// Participant without a session.
    package static var rec029: Rule {
        Rule(
            code: "REC029", title: "Participant without a session", severity: .warning,
            meaning: "A participant in a complete document is not associated with any session.",
            consequence: "It is unknown when the participant took part.",
            cause: "participantsessionassoc is missing, as in some products.",
            action: "The participant is assumed to be present throughout.",
            remedy: "Send participantsessionassoc for everyone.",
            reference: "RFC 7865 section 6.6")
    }
}

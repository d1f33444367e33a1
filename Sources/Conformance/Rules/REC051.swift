package import Evidence

extension Rule {
    /// Recording goes on against a preference.
    package static var rec051: Rule {
        Rule(
            code: "REC051", title: "Recording goes on against a preference", severity: .info,
            meaning: """
                A party said a=recordpref:off and was recorded five seconds later or after that. The RFC leaves the decision to the recording \
                client.
                """,
            consequence: "Allowed, but whoever handles the recording wants to know that the party did not wish it.",
            cause: "A policy of the recording side that overrides the wishes of the parties.",
            action: "The recording is written in full.",
            remedy: "Look at the policy of the recording client. Whether the recording may be kept is a question for its owner.",
            reference: "RFC 7866 section 7.1.3")
    }
}

package import Evidence

extension Rule {
    /// Recorded against the party's preference.
    package static var rec051: Rule {
        Rule(
            code: "REC051", title: "Recorded against the party's preference", severity: .info,
            meaning: "A party sent a=recordpref:off and was still recorded five seconds later or after. The RFC leaves the decision to the recording client.",
            consequence: "This is allowed, but whoever handles the recording should know that the party did not want it.",
            cause: "A recording policy that overrides the preferences of the parties.",
            action: "The recording is written completely.",
            remedy: "Check the policy of the recording client. Whether the recording may be kept is a question for its owner.",
            reference: "RFC 7866 section 7.1.3")
    }
}

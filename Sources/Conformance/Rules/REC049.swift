package import Evidence

extension Rule {
    /// Preference followed without an answer.
    package static var rec049: Rule {
        Rule(
            code: "REC049", title: "Preference followed without an answer", severity: .error, concernsContent: false,
            meaning: """
                A party asked by a=recordpref to start, pause or stop, the recording session did so within five seconds, and no a=record with the \
                new state was sent to the party.
                """,
            consequence: "The party does not learn that its wish was met, and may ask again or stop speaking.",
            cause: "The client hands the wish to the recorder and leaves the offer and answer of the call to other code.",
            action: "The recording's own state is used.",
            remedy: "Write the new state as a=record into the answer, or offer it in a re-INVITE or UPDATE.",
            reference: "RFC 7866 section 7.1.3")
    }
}

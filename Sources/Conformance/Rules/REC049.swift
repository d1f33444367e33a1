package import Evidence

extension Rule {
    /// Recording preference followed but not confirmed.
    package static var rec049: Rule {
        Rule(
            code: "REC049", title: "Recording preference followed but not confirmed", severity: .error, concernsContent: false,
            meaning:
                "A party requested start, pause or stop by a=recordpref, the recording session complied within five seconds, and no a=record with the "
                + "new state was sent to the party.",
            consequence: "The party does not learn that its request was met, and may repeat it or stop speaking.",
            cause: "The client passes the request to the recorder and leaves offer and answer of the call to other code.",
            action: "The state of the recording itself is used.",
            remedy: "Put the new state as a=record into the answer, or offer it in a re-INVITE or UPDATE.",
            reference: "RFC 7866 section 7.1.3")
    }
}

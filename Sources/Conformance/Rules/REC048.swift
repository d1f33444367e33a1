package import Evidence

extension Rule {
    /// Recording changes and the party is not told.
    package static var rec048: Rule {
        Rule(
            code: "REC048", title: "Recording changes and the party is not told", severity: .error, concernsContent: false,
            meaning: """
                Recording began, paused, went on or stopped, and five seconds later the last a=record that a party of the communication session got \
                still says something else.
                """,
            consequence: "The party's display is wrong: it believes itself recorded or unrecorded when it is not.",
            cause: """
                The client drives the recorder through its own interface (pause buttons of call centre software, X-AC-Action of AudioCodes) and does \
                not update the call.
                """,
            action: "Pauses and ends are taken from the recording session itself.",
            remedy: "Send a re-INVITE or UPDATE with the new a=record in the communication session with every change.",
            reference: "RFC 7866 section 7.1.2")
    }
}

package import Evidence

extension Rule {
    /// Party not notified of a recording change.
    package static var rec048: Rule {
        Rule(
            code: "REC048", title: "Party not notified of a recording change", severity: .error, concernsContent: false,
            meaning:
                "Recording started, paused, resumed or stopped, and five seconds later the last a=record sent to a party of the communication session "
                + "still says otherwise.",
            consequence: "The party's display is wrong: it shows recording when there is none, or the reverse.",
            cause:
                "The client controls the recorder through its own interface (pause buttons of call centre software, X-AC-Action of AudioCodes) and does "
                + "not update the call.",
            action: "Pauses and ends are taken from the recording session itself.",
            remedy: "With every change, send a re-INVITE or UPDATE with the new a=record in the communication session.",
            reference: "RFC 7866 section 7.1.2")
    }
}

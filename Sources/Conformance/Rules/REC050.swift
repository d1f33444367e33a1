package import Evidence

extension Rule {
    /// Recording indication lost between two hops.
    package static var rec050: Rule {
        Rule(
            code: "REC050", title: "Recording indication lost between two hops", severity: .warning,
            meaning: "On one hop of the conversation a session description has a=record, on another hop at the same time none has.",
            consequence: "Parties behind that hop are not told that they are recorded.",
            cause: "A back-to-back user agent that writes session descriptions anew and drops attributes that it does not know.",
            action: "Noted; the recording is not affected.",
            remedy: "Let the intermediary copy a=record from one side to the other, or write it itself if it records.",
            reference: "RFC 7866 section 7.3.1")
    }
}

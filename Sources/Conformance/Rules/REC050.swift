package import Evidence

extension Rule {
    /// Recording indication lost between hops.
    package static var rec050: Rule {
        Rule(
            code: "REC050", title: "Recording indication lost between hops", severity: .warning,
            meaning: "On one hop of the conversation a session description has a=record; at the same time, none on another hop has.",
            consequence: "Parties behind that hop are not notified that they are recorded.",
            cause: "A back-to-back user agent that rewrites session descriptions and drops unknown attributes.",
            action: "Noted; the recording is not affected.",
            remedy: "Make the intermediary copy a=record from one side to the other, or write it itself if it records.",
            reference: "RFC 7866 section 7.3.1")
    }
}

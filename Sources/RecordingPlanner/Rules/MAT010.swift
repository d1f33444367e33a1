package import Evidence

extension Rule {
    /// Duplicate label.
    package static var mat010: Rule {
        Rule(
            code: "MAT010", title: "Duplicate label", severity: .warning,
            meaning: "Several media lines of one session description, or several streams of the metadata, carry the same label.",
            consequence: "The label does not show which stream uses which line, so it is uncertain who is heard where.",
            cause: "Recording clients that restart label numbers for each party or media type, or that copy a stream element.",
            action: "Lines and streams with the same label are matched in order if there are equally many; the sidecar lists the alternatives.",
            remedy: "Give each media line a unique label (RFC 4574 section 4).",
            reference: "RFC 7866 section 7.1.1, RFC 7865 section 6.7.1")
    }
}

package import Evidence

extension Rule {
    /// Label used on more than one media line.
    package static var sdp102: Rule {
        Rule(
            code: "SDP102", title: "Label used on more than one media line", severity: .warning,
            meaning: "Two media lines of one session description carry the same a=label.",
            consequence: "The label no longer identifies one stream, so the speakers of both are ambiguous.",
            cause: "A template with a constant label, or a separate counter for each direction.",
            action: "Both streams are kept separate; their speakers are marked as uncertain.",
            remedy: "Give each media line of a recording session a unique label.",
            reference: "RFC 4574 section 4 and RFC 7866 section 7.1.1")
    }
}

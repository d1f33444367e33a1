package import Evidence

extension Rule {
    /// Label that is not unique.
    package static var mat010: Rule {
        Rule(
            code: "MAT010", title: "Label that is not unique", severity: .warning,
            meaning: "Several media lines of one session description, or several streams of the metadata, carry the same label.",
            consequence: "The label does not tell which stream travels on which line, so who is heard where is doubtful.",
            cause: "Recording clients that number labels for each party or each media type anew, or that copy a stream element.",
            action: "siprecap joins lines and streams of the same label by their order where their number agrees; the sidecar lists the alternatives.",
            remedy: "Give each media line a label of its own (RFC 4574 section 4).",
            reference: "RFC 7866 section 7.1.1, RFC 7865 section 6.7.1")
    }
}

package import Evidence

extension Rule {
    /// Label of metadata and SDP differ (RFC 7866 section 7.1.1; RFC 4574).
    package static var mat005: Rule {
        Rule(
            code: "MAT005", title: "Labels in metadata and SDP differ", severity: .warning,
            meaning: "The label of a metadata stream matches no a=label in the SDP of the session exactly, so the stream was matched in another way.",
            consequence: "If labels are wrong, names may be swapped between streams.",
            cause: "Labels with different case or leading zeros, missing labels, or labels of an earlier session.",
            action: "Matched by the next best evidence, which the message names; the participant's confidence is inferred.",
            remedy: "Make the label in the metadata identical to a=label in SDP, byte for byte.",
            reference: "RFC 7866 section 7.1.1; RFC 4574")
    }
}

package import Evidence

extension Rule {
    /// Label of metadata and SDP differ (RFC 7866 section 7.1.1; RFC 4574).
    package static var mat005: Rule {
        Rule(
            code: "MAT005", title: "Label of metadata and SDP differ", severity: .warning,
            meaning: "A metadata stream's label equals no a=label of the SDP in the same session exactly, so it was bound in another way.",
            consequence: "Names may be swapped between streams when labels are wrong.",
            cause: "Labels written with other case or leading zeros, left out, or of an earlier session.",
            action: "Bound by the next best evidence, which the message names; participant confidence inferred.",
            remedy: "Make label in the metadata equal to a=label in SDP, octet for octet.",
            reference: "RFC 7866 section 7.1.1; RFC 4574")
    }
}

package import Evidence

extension Rule {
    /// Malformed line in a session description.
    package static var sdp001: Rule {
        Rule(
            code: "SDP001", title: "Malformed line in a session description", severity: .warning,
            meaning:
                "A line of the session description violates the grammar: no letter and equals sign, a port that is not a number, an unreadable attribute value.",
            consequence: "The media line or attribute may be read wrongly or not at all.",
            cause: "A hand-made or rewritten session description, or a truncated body.",
            action: "The line is kept as text; the readable part is used.",
            remedy: "Check the given byte and correct the product or rule that writes the line.",
            reference: "RFC 8866 section 9")
    }
}

package import Evidence

extension Rule {
    /// Malformed line in a session description.
    package static var sdp001: Rule {
        Rule(
            code: "SDP001", title: "Malformed line in a session description", severity: .warning,
            meaning: "A line of the session description does not follow its grammar: no letter and equals sign, a port that is no number, an "
                + "unreadable attribute value.",
            consequence: "The media line or attribute concerned may be read wrongly or not at all.",
            cause: "A hand-made or rewritten session description, or a cut body.",
            action: "The line is kept as text; what can be read of it is used.",
            remedy: "Look at the named octet and correct the product or rule that writes the line.",
            reference: "RFC 8866 section 9")
    }
}

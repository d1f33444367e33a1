package import Evidence

extension Rule {
    /// Unresolved metadata reference.
    package static var met007: Rule {
        Rule(
            code: "MET007", title: "Unresolved metadata reference", severity: .warning,
            meaning: "An association or attribute names a group, session, participant or stream that no document has described so far.",
            consequence: "The reference stays open: a track may have no name, or a stream no label.",
            cause:
                "Partial updates that omit the new element (as in the transfer example of RFC 8068), an earlier document missing from the capture, or a "
                + "definition sent by another recording client.",
            action: "A placeholder is created, marked unresolved, and filled in when a later document describes it.",
            remedy: "Send the described element together with its first reference. Start the capture before the recording session.",
            reference: "RFC 7865 section 6, RFC 8068 section 3.2.3")
    }
}

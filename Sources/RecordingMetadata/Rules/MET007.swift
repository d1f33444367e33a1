package import Evidence

extension Rule {
    /// Metadata reference that does not resolve.
    package static var met007: Rule {
        Rule(
            code: "MET007", title: "Metadata reference that does not resolve", severity: .warning,
            meaning: "An association or attribute names a group, session, participant or stream that no document has described up to then.",
            consequence: "Who is meant stays open: a track may have no name, or a stream no label.",
            cause: """
                Partial updates that leave out the new element (the transfer example of RFC 8068 does), an earlier document missing from the \
                capture, or a definition sent by another recording client.
                """,
            action: "siprecap creates a placeholder, marks it unresolved and fills it in when a later document describes it.",
            remedy: "Send the described element together with its first reference. Start the capture before the recording session.",
            reference: "RFC 7865 section 6, RFC 8068 section 3.2.3")
    }
}

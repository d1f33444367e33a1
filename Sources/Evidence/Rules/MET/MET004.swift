extension Rule {
    /// Metadata mode with an odd value or spelling.
    package static let met004 = Rule(
        code: "MET004", title: "Metadata mode with an odd value or spelling", severity: .warning,
        meaning: "The element datamode holds something else than complete or partial, or is spelled differently.",
        consequence: """
            Whether the document replaces or amends what was known decides when participants leave. A strict recorder may take the default, \
            complete.
            """,
        cause: "RFC 7865 itself spells the element dataMode in its prose and datamode in its schema; some senders follow the prose.",
        action: """
            siprecap accepts any spelling of the name and any case of the value. An unknown value is read as complete, as an absent element \
            is.
            """,
        remedy: "Write datamode in lower case with the value complete or partial.",
        reference: "RFC 7865 sections 5.1.2 and 9")
}

package import Evidence

extension Rule {
    /// Ambiguous a=content.
    package static var rec054: Rule {
        Rule(
            code: "REC054", title: "Ambiguous a=content", severity: .info,
            meaning:
                "a=content has a value that RFC 4796 does not register (slides, speaker, sl, main, alt), marks one line as both main and alt, or marks "
                + "two lines of one kind as main.",
            consequence: "It does not show whether a stream is slides, the speaker or a sign language interpreter.",
            cause: "Private values of conference systems, or attributes copied from another media line.",
            action: "The value is kept as text.",
            remedy: "Use the registered values, and main once per media type.",
            reference: "RFC 4796 section 5")
    }
}

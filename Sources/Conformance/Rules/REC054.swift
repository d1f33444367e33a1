package import Evidence

extension Rule {
    /// Content attribute says nothing clear.
    package static var rec054: Rule {
        Rule(
            code: "REC054", title: "Content attribute says nothing clear", severity: .info,
            meaning: """
                a=content has a value that RFC 4796 does not register (slides, speaker, sl, main, alt), says main and alt of one line, or says main \
                of two lines of one kind.
                """,
            consequence: "Whether a stream shows slides, the speaker or a sign language interpreter can not be told by it.",
            cause: "Private values of conference systems; or attributes copied from another media line.",
            action: "The value is kept as text.",
            remedy: "Use the registered values, and main once for each kind of media.",
            reference: "RFC 4796 section 5")
    }
}

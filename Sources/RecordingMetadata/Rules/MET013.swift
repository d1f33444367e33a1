package import Evidence

extension Rule {
    /// Metadata bound reached.
    package static var met013: Rule {
        Rule(
            code: "MET013", title: "Metadata bound reached", severity: .warning,
            meaning: """
                The document, or all documents of one recording session together, exceed a limit: octets, nesting depth, elements, attributes of \
                one tag, or objects held.
                """,
            consequence: "What lies beyond the limit is not known to the recording.",
            cause: "A hostile or broken sender; ordinary documents have a few kilobytes.",
            action: "siprecap reads up to the limit and keeps what it has.",
            remedy: "Raise the limit if the document is genuine.",
            reference: "RFC 7865 section 12")
    }
}

package import Evidence

extension Rule {
    /// Metadata limit reached.
    package static var met013: Rule {
        Rule(
            code: "MET013", title: "Metadata limit reached", severity: .warning,
            meaning:
                "The document, or all documents of one recording session together, exceed a limit on bytes, nesting depth, elements, attributes per tag, "
                + "or objects.",
            consequence: "Everything beyond the limit is unknown to the recording.",
            cause: "A hostile or broken sender; ordinary documents have a few kilobytes.",
            action: "Everything up to the limit is read and kept.",
            remedy: "Raise the limit if the document is genuine.",
            reference: "RFC 7865 section 12")
    }
}

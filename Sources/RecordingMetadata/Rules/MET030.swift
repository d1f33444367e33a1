package import Evidence

extension Rule {
    /// Document without a usable XML declaration.
    package static var met030: Rule {
        Rule(
            code: "MET030", title: "No XML declaration with an encoding", severity: .warning,
            meaning: "The document has no XML declaration, or one that names no encoding.",
            consequence: "None if the text is ASCII or UTF-8; names in other encodings may be read wrongly.",
            cause: "Documents assembled from strings instead of by an XML library.",
            action: "The text is read as UTF-8; a single-byte encoding is used only if declared.",
            remedy: "Begin with <?xml version=\"1.0\" encoding=\"UTF-8\"?>.",
            reference: "RFC 7865 section 5.1")
    }
}

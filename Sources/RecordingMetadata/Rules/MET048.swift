package import Evidence

extension Rule {
    /// Metadata begins with a byte order mark.
    package static var met048: Rule {
        Rule(
            code: "MET048", title: "Metadata begins with a byte order mark", severity: .info,
            meaning: "The document begins with the bytes EF BB BF, which some systems write before UTF-8 text.",
            consequence: "XML allows it, but recorders that expect <?xml or < at the first byte do not recognise the document.",
            cause: "A Windows library or editor wrote the document.",
            action: "The byte order mark is skipped.",
            remedy: "Write UTF-8 without a byte order mark.",
            reference: "RFC 7865 section 5.1; RFC 3629 section 6")
    }
}

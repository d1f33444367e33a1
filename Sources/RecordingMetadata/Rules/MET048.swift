package import Evidence

extension Rule {
    /// Metadata begins with a byte order mark.
    package static var met048: Rule {
        Rule(
            code: "MET048", title: "Metadata begins with a byte order mark", severity: .info,
            meaning: "The document begins with the octets EF BB BF, which some systems write before UTF-8 text.",
            consequence: "XML allows it, but recorders that look for <?xml or < at the first octet do not recognise the document.",
            cause: "The document is written by a library or editor of Windows.",
            action: "The mark is passed over.",
            remedy: "Write UTF-8 without a byte order mark.",
            reference: "RFC 7865 section 5.1; RFC 3629 section 6")
    }
}

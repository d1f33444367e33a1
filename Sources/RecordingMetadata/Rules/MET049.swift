package import Evidence

extension Rule {
    /// Conflicting character encodings.
    package static var met049: Rule {
        Rule(
            code: "MET049", title: "Conflicting character encodings", severity: .info,
            meaning: "The charset in the Content-Type of the metadata part differs from the encoding in the XML declaration.",
            consequence: "Names with non-ASCII letters may be read wrongly by a recorder that follows the declaration.",
            cause: "One component builds the document and another puts it into the message.",
            action: "The charset of the Content-Type is used, as the RFC requires, unless the bytes are invalid in it.",
            remedy: "Declare the same encoding in both places, preferably UTF-8.",
            reference: "RFC 7865 section 5.1; RFC 7303 section 3.2")
    }
}

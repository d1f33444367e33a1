package import Evidence

extension Rule {
    /// Two character encodings are named.
    package static var met049: Rule {
        Rule(
            code: "MET049", title: "Two character encodings are named", severity: .info,
            meaning: "The Content-Type of the metadata part has a charset, and the XML declaration names another encoding.",
            consequence: "Names with letters beyond ASCII may be read wrongly by a recorder that believes the declaration.",
            cause: "The document is built by one component and put into the message by another.",
            action: "The charset of the Content-Type is used, as the RFC asks, unless the octets can not be read so.",
            remedy: "Name the same encoding in both places, best UTF-8.",
            reference: "RFC 7865 section 5.1; RFC 7303 section 3.2")
    }
}

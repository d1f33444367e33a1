package import Evidence

extension Rule {
    /// Duplicate metadata identifier.
    package static var met015: Rule {
        Rule(
            code: "MET015", title: "Duplicate metadata identifier", severity: .error, concernsContent: false,
            meaning: "Two elements of a document carry the same identifier.",
            consequence: "Two participants or streams may be confused, or the recorder may reject the document.",
            cause: "Identifiers made from constants or counters; some examples in RFC 8068 share one between a participant and a stream.",
            action:
                "Each kind of element has its own table, so a participant and a stream may share an identifier. Two elements of one kind are merged, and "
                + "the later one takes precedence.",
            remedy: "Generate a new UUID for every element.",
            reference: "RFC 7865 section 6.10")
    }
}

package import Evidence

extension Rule {
    /// One identifier on two metadata elements.
    package static var met015: Rule {
        Rule(
            code: "MET015", title: "One identifier on two metadata elements", severity: .error, concernsContent: false,
            meaning: "Two elements of a document carry the same identifier.",
            consequence: "Two participants or streams may be taken for one, or the recorder may refuse the document.",
            cause: "Identifiers made from constants or counters; some examples of RFC 8068 share one between a participant and a stream.",
            action: """
                siprecap keeps one table for each kind of element, so that a participant and a stream may share an identifier. Two elements of one \
                kind are merged, the later one winning.
                """,
            remedy: "Make a new UUID for every element.",
            reference: "RFC 7865 section 6.10")
    }
}

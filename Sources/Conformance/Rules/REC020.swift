package import Evidence

extension Rule {
    /// Crypto answer that was not offered.
    package static var rec020: Rule {
        Rule(
            code: "REC020", title: "Crypto answer that was not offered", severity: .error,
            meaning: "The answer's crypto line has a tag or suite that the offer does not have.",
            consequence: "The parties do not agree how media is protected, so it may not open.",
            cause: "A B2BUA changes one side only.",
            action: "Keys of both descriptions are tried.",
            remedy: "Answer with the tag and suite of one offered line.",
            reference: "RFC 4568 section 5.1")
    }
}

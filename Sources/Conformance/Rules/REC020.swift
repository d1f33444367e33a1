package import Evidence

extension Rule {
    /// SRTP answer selects a suite that was not offered.
    package static var rec020: Rule {
        Rule(
            code: "REC020", title: "SRTP answer selects a suite that was not offered", severity: .error,
            meaning: "The crypto line in the answer has a tag or suite that is not in the offer.",
            consequence: "The parties do not agree how media is protected, so decryption may fail.",
            cause: "A B2BUA changes only one side.",
            action: "The keys of both session descriptions are tried.",
            remedy: "Answer with the tag and suite of an offered line.",
            reference: "RFC 4568 section 5.1")
    }
}

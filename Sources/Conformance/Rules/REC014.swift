package import Evidence

extension Rule {
    /// Invalid value of a=record or a=recordpref.
    package static var rec014: Rule {
        Rule(
            code: "REC014", title: "Invalid value of a=record or a=recordpref", severity: .error, concernsContent: false,
            meaning: "a=record allows on, off and paused; a=recordpref allows on, off, pause and nopreference. The session description has another value.",
            consequence: "The other party does not learn that it is recorded, or its preference is not recognised.",
            cause: "The values of the two attributes are confused: pause and paused.",
            action: "The value is noted and has no effect.",
            remedy: "Use the spelling of the RFC, in lower case.",
            reference: "RFC 7866 sections 7.1.2 and 7.3.2")
    }
}

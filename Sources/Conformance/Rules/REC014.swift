package import Evidence

extension Rule {
    /// Unknown value of a=record or a=recordpref.
    package static var rec014: Rule {
        Rule(
            code: "REC014", title: "Unknown value of a=record or a=recordpref", severity: .error, concernsContent: false,
            meaning: "a=record takes on, off and paused; a=recordpref takes on, off, pause and nopreference. Another value stands there.",
            consequence: "The other party does not learn that it is recorded, or its wish is not heard.",
            cause: "The two sets are mixed up: pause and paused.",
            action: "The value is noted and has no effect.",
            remedy: "Write the value as the RFC spells it, in lower case.",
            reference: "RFC 7866 sections 7.1.2 and 7.3.2")
    }
}

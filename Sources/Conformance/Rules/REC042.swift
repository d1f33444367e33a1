package import Evidence

extension Rule {
    /// Snapshot sent in the response to its request.
    package static var rec042: Rule {
        Rule(
            code: "REC042", title: "Snapshot sent in the response to its request", severity: .error, concernsContent: false,
            meaning: "The recording client put metadata into its response to the recording server's UPDATE. The snapshot must come in a separate request.",
            consequence: "Servers do not expect metadata in that response, so they continue without it.",
            cause: "The client treats the request as an ordinary query, with the document as its result.",
            action: "The document is used like any other.",
            remedy: "Answer the UPDATE without a body, then send an UPDATE or re-INVITE with the complete document.",
            reference: "RFC 7866 section 9.2")
    }
}

package import Evidence

extension Rule {
    /// Snapshot inside the answer to its request.
    package static var rec042: Rule {
        Rule(
            code: "REC042", title: "Snapshot inside the answer to its request", severity: .error, concernsContent: false,
            meaning: """
                The recording client put metadata into its response to the recording server's UPDATE. The snapshot has to come in a request of its \
                own.
                """,
            consequence: "Servers do not look for metadata in that response, so they go on without what they had asked for.",
            cause: "The client takes the request for an ordinary query, with the document as its result.",
            action: "The document is used as any other.",
            remedy: "Answer the UPDATE without a body, then send an UPDATE or re-INVITE with the complete document.",
            reference: "RFC 7866 section 9.2")
    }
}

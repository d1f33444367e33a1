package import Evidence

extension Rule {
    /// Update refers to what the requested snapshot left out.
    package static var rec041: Rule {
        Rule(
            code: "REC041", title: "Update refers to what the requested snapshot left out", severity: .warning,
            meaning: """
                After the snapshot that the recording server had asked for, a partial document names a group, session, participant or stream that \
                only documents before that snapshot had described.
                """,
            consequence: "A server that lost its state, which is why it asked, can not tell who or what is meant: a voice stays without a name.",
            cause: """
                The client answers the request with a document that holds less than it knows, or builds its updates from another state than its \
                snapshots.
                """,
            action: "The reference is resolved by the earlier documents, because siprecap has them all.",
            remedy: "Put everything that later updates build on into the snapshot; the request of RFC 7866 section 9.2 begins anew.",
            reference: "RFC 7866 section 9.2")
    }
}

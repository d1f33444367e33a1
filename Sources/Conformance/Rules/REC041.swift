package import Evidence

extension Rule {
    /// Update refers to data missing from the requested snapshot.
    package static var rec041: Rule {
        Rule(
            code: "REC041", title: "Update refers to data missing from the requested snapshot", severity: .warning,
            meaning:
                "After a snapshot that the recording server requested, a partial document refers to a group, session, participant or stream that only "
                + "documents before that snapshot described.",
            consequence: "A server that lost its state, and therefore asked, cannot tell who or what is meant: a voice has no name.",
            cause: "The client answers the request with less than it knows, or builds its updates from another state than its snapshots.",
            action: "The reference is resolved with the earlier documents.",
            remedy: "Include in the snapshot everything that later updates build on; the request of RFC 7866 section 9.2 starts over.",
            reference: "RFC 7866 section 9.2")
    }
}

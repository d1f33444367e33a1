package import Evidence

extension Rule {
    /// Request glare (491) not resolved.
    package static var rec012: Rule {
        Rule(
            code: "REC012", title: "Request glare (491) not resolved", severity: .warning,
            meaning: "An INVITE or UPDATE was rejected with 491 and the sender did not retry.",
            consequence: "The change of media or metadata in it never took effect.",
            cause: "A client that drops its update after glare.",
            action: "Rejected metadata and offers are not applied.",
            remedy: "Retry the request after the waiting time of RFC 3261 section 14.1.",
            reference: "RFC 3261 section 14.1")
    }
}

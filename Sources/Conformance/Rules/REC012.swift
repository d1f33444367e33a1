package import Evidence

extension Rule {
    /// Collision of offers not resolved.
    package static var rec012: Rule {
        Rule(
            code: "REC012", title: "Collision of offers not resolved", severity: .warning,
            meaning: "An INVITE or UPDATE was refused with 491 and the sender did not try again.",
            consequence: "The change of media or metadata that it carried never took effect.",
            cause: "A client that drops its update after glare.",
            action: "Refused metadata and offers are not applied.",
            remedy: "Repeat the request after the waiting time of RFC 3261 section 14.1.",
            reference: "RFC 3261 section 14.1")
    }
}

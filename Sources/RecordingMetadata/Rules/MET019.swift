package import Evidence

extension Rule {
    /// Participant sends on an undescribed stream.
    package static var met019: Rule {
        Rule(
            code: "MET019", title: "Participant sends on an undescribed stream", severity: .info,
            meaning: "A participant sends on a stream that no element describes, while the document describes exactly one stream and calls it mixed.",
            consequence: "Taken literally, the participant would speak on a stream that does not exist.",
            cause: "BroadWorks and Webex Calling give each participant a separate stream identifier but describe only the mixed stream.",
            action: "The participant is treated as a sender of the mixed stream.",
            remedy: "In a mixed recording, every participant should refer to the described stream.",
            reference: "RFC 7865 section 6.8")
    }
}

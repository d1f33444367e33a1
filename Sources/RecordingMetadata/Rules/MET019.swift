package import Evidence

extension Rule {
    /// Undescribed stream beside the only mixed one.
    package static var met019: Rule {
        Rule(
            code: "MET019", title: "Undescribed stream beside the only mixed one", severity: .info,
            meaning: "A participant sends on a stream that no element describes, while the document describes exactly one stream and calls it mixed.",
            consequence: "Taken literally, the participant would speak on a stream that does not exist.",
            cause: "BroadWorks and Webex Calling give each participant a stream identifier of its own but describe the mixed stream only.",
            action: "siprecap takes the participant for a sender of the mixed stream.",
            remedy: "Let every participant of a mixed recording name the stream that is described.",
            reference: "RFC 7865 section 6.8")
    }
}

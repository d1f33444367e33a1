package import Evidence

extension Rule {
    /// Recording preference without record-aware.
    package static var rec047: Rule {
        Rule(
            code: "REC047", title: "Recording preference without record-aware", severity: .warning,
            meaning: "A session description has a=recordpref, but no message of its sender has Supported: record-aware.",
            consequence: "A recording client may ignore the preference, because the party does not seem to support the extension.",
            cause: "A script or a header manipulation rule added the attribute but not the option tag, or an intermediary strips Supported.",
            action: "The preference is read anyway.",
            remedy: "Send Supported: record-aware in the first INVITE or in the response to it.",
            reference: "RFC 7866 section 6.3")
    }
}

package import Evidence

extension Rule {
    /// Recording preference from a party that is not record-aware.
    package static var rec047: Rule {
        Rule(
            code: "REC047", title: "Recording preference from a party that is not record-aware", severity: .warning,
            meaning: "A session description has a=recordpref, and no message of its sender has Supported: record-aware.",
            consequence: "A recording client may pass over the wish, because it takes the party for one that does not know the extension.",
            cause: "The attribute was added by a script or by header manipulation, the option tag was not; or an intermediary strips Supported.",
            action: "The preference is read all the same.",
            remedy: "Send Supported: record-aware in the first INVITE or in the response to it.",
            reference: "RFC 7866 section 6.3")
    }
}

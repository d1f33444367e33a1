package import Evidence

extension Rule {
    /// Several labels in one stream.
    package static var met033: Rule {
        Rule(
            code: "MET033", title: "Several labels in one stream", severity: .warning,
            meaning: "A stream element holds more than one label; the schema allows one.",
            consequence: "The stream may be matched to the wrong media line.",
            cause: "Senders that describe both directions of a call leg in one stream.",
            action: "The first label is used.",
            remedy: "Send one stream element for each media line.",
            reference: "RFC 7865 sections 6.7.1 and 9")
    }
}

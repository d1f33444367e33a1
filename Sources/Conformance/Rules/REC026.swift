package import Evidence

extension Rule {
    /// Metadata label without a media line.
    package static var rec026: Rule {
        Rule(
            code: "REC026", title: "Metadata label without a media line", severity: .error,
            meaning: "Metadata names a label that no media line of the session has.",
            consequence: "The stream's participants can not be joined with media by label.",
            cause: "Labels are made by two components, or a B2BUA changed them.",
            action: "Streams are joined by elimination where that is certain.",
            remedy: "Use the value of a=label in the metadata.",
            reference: "RFC 7865 section 6.7.1")
    }
}

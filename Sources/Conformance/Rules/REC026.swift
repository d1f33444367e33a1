package import Evidence

extension Rule {
    /// Metadata label matches no media line.
    package static var rec026: Rule {
        Rule(
            code: "REC026", title: "Metadata label matches no media line", severity: .error,
            meaning: "The metadata uses a label that no media line of the session has.",
            consequence: "The stream's participants cannot be matched to media by label.",
            cause: "Two components generate the labels, or a B2BUA changed them.",
            action: "Streams are matched by elimination if that is certain.",
            remedy: "Use the value of a=label in the metadata.",
            reference: "RFC 7865 section 6.7.1")
    }
}

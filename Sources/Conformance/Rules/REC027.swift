package import Evidence

extension Rule {
    /// Media line without a metadata stream.
    package static var rec027: Rule {
        Rule(
            code: "REC027", title: "Media line without a metadata stream", severity: .warning,
            meaning: "An active media line has a label that no stream of the metadata names.",
            consequence: "Nobody knows who speaks on it.",
            cause: "Metadata of an old negotiation, or labels that were changed on the way.",
            action: "The audio file is named after the label unless elimination tells the sender.",
            remedy: "Describe every line with a stream.",
            reference: "RFC 7865 section 6.7.1")
    }
}

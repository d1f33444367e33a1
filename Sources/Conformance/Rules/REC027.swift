package import Evidence

extension Rule {
    /// Media line without a metadata stream.
    package static var rec027: Rule {
        Rule(
            code: "REC027", title: "Media line without a metadata stream", severity: .warning,
            meaning: "An active media line has a label that no metadata stream refers to.",
            consequence: "It is unknown who speaks on it.",
            cause: "Metadata of an old negotiation, or labels changed in transit.",
            action: "The audio file is named after the label unless elimination identifies the sender.",
            remedy: "Describe every media line with a stream element.",
            reference: "RFC 7865 section 6.7.1")
    }
}

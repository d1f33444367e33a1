package import Evidence

extension Rule {
    /// Metadata names labels without a session description.
    package static var rec007: Rule {
        Rule(
            code: "REC007", title: "Metadata names labels without a session description", severity: .warning,
            meaning: "Metadata gives labels of streams, but the message has no session description in which they could stand.",
            consequence: "The labels point to the description agreed before; if that changes at the same time, streams are confused.",
            cause: "The client sends updates of metadata alone, which most recorders accept.",
            action: "Labels are looked up in the description in force.",
            remedy: "Send the offer along, or leave the streams out of a partial update.",
            reference: "RFC 7866 section 9.1")
    }
}

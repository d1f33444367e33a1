package import Evidence

extension Rule {
    /// Metadata with labels but without SDP.
    package static var rec007: Rule {
        Rule(
            code: "REC007", title: "Metadata with labels but without SDP", severity: .warning,
            meaning: "Metadata contains stream labels, but the message has no session description that defines them.",
            consequence: "The labels refer to the session description agreed before; if that changes at the same time, streams are confused.",
            cause: "The client sends metadata updates alone, which most recorders accept.",
            action: "Labels are looked up in the current session description.",
            remedy: "Send the offer along, or leave the streams out of a partial update.",
            reference: "RFC 7866 section 9.1")
    }
}

package import Evidence

extension Rule {
    /// Snapshot request in the wrong form.
    package static var rec009: Rule {
        Rule(
            code: "REC009", title: "Snapshot request in the wrong form", severity: .error, concernsContent: false,
            meaning: "A snapshot was asked for in another message than UPDATE, with another disposition, or along with a session description.",
            consequence: "The client may not recognise the request, so metadata stays incomplete.",
            cause: "The server was written against a draft.",
            action: "The request is noted.",
            remedy: "Ask in an UPDATE with Content-Disposition: recording-session and no SDP.",
            reference: "RFC 7866 section 9.2")
    }
}

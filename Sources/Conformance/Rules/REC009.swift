package import Evidence

extension Rule {
    /// Malformed snapshot request.
    package static var rec009: Rule {
        Rule(
            code: "REC009", title: "Malformed snapshot request", severity: .error, concernsContent: false,
            meaning: "A snapshot was requested in a message other than UPDATE, with another disposition, or together with a session description.",
            consequence: "The client may not recognise the request, so metadata remains incomplete.",
            cause: "The server was written against a draft.",
            action: "The request is noted.",
            remedy: "Send the request in an UPDATE with Content-Disposition: recording-session and no SDP.",
            reference: "RFC 7866 section 9.2")
    }
}

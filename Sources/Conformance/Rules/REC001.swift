package import Evidence

extension Rule {
    /// Recording server omits +sip.srs.
    package static var rec001: Rule {
        Rule(
            code: "REC001", title: "Recording server omits +sip.srs", severity: .error, concernsContent: false,
            meaning: "A 2xx response of the recording server has a Contact without the feature tag +sip.srs.",
            consequence: "The client may take the session for an ordinary call and stop sending media or metadata.",
            cause: "A general SIP server, or a B2BUA in front of the recorder that rewrites Contact.",
            action: "The session is recognised as a recording session by its other signs.",
            remedy: "Make the server, and every B2BUA before it, keep +sip.srs in Contact.",
            reference: "RFC 7866 section 6.2")
    }
}

package import Evidence

extension Rule {
    /// Recording server answers without +sip.srs.
    package static var rec001: Rule {
        Rule(
            code: "REC001", title: "Recording server answers without +sip.srs", severity: .error, concernsContent: false,
            meaning: "A 2xx of the recording server has a Contact without the feature tag +sip.srs.",
            consequence: "The client may take the session for an ordinary call and stop sending media or metadata.",
            cause: "The server is a general SIP server or B2BUA in front of the recorder that rewrites Contact.",
            action: "The session is taken for a recording by its other signs.",
            remedy: "Let the server, and every B2BUA before it, keep +sip.srs in Contact.",
            reference: "RFC 7866 section 6.2")
    }
}

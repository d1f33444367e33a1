package import Evidence

extension Rule {
    /// siprec option tag or feature tag missing.
    package static var dlg001: Rule {
        Rule(
            code: "DLG001", title: "siprec option tag or feature tag missing", severity: .error, concernsContent: false,
            meaning: "An INVITE has either Require: siprec or +sip.src (or +sip.srs) in Contact, but not both.",
            consequence: "A conforming peer treats the session as an ordinary one and may not record it.",
            cause: "An older recording client, or an intermediary that strips Require or rewrites Contact.",
            action: "The session is treated as a recording session anyway.",
            remedy: "Send the option tag and the feature tag together in the initiating INVITE.",
            reference: "RFC 7866 sections 6.1.1 and 6.2")
    }
}

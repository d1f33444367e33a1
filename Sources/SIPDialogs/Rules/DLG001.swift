package import Evidence

extension Rule {
    /// Only one of siprec option and recording feature tag.
    package static var dlg001: Rule {
        Rule(
            code: "DLG001", title: "Only one of siprec option and recording feature tag", severity: .error, concernsContent: false,
            meaning: "An INVITE carries either Require: siprec or +sip.src (or +sip.srs) in Contact, but not both.",
            consequence: "A conforming peer treats the session as an ordinary one and may not record it.",
            cause: "An older recording client, or an intermediary that strips Require or rewrites Contact.",
            action: "The session is taken for a recording session all the same.",
            remedy: "Send the option tag and the feature tag together in the initiating INVITE.",
            reference: "RFC 7866 sections 6.1.1 and 6.2")
    }
}

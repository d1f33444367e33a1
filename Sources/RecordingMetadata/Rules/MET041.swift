package import Evidence

extension Rule {
    /// Session that is not tied to the recording session.
    package static var met041: Rule {
        Rule(
            code: "MET041", title: "No sessionrecordingassoc for a session", severity: .warning,
            meaning: "A complete document has a session without a sessionrecordingassoc element.",
            consequence: "It is not stated when the session was part of the recording.",
            cause: "Clients that follow the examples of drafts, which omitted it.",
            action: "The session is assumed to last as long as documents name it.",
            remedy: "Send a sessionrecordingassoc for each session.",
            reference: "RFC 7865 sections 6.3.2 and 6.4")
    }
}

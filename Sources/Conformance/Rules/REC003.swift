package import Evidence

extension Rule {
    /// Recording server sends an SDP offer in its INVITE.
    package static var rec003: Rule {
        Rule(
            code: "REC003", title: "Recording server sends an SDP offer in its INVITE", severity: .error, concernsContent: false,
            meaning: "The recording server started the session and put a session description into its INVITE.",
            consequence: "A client that follows the RFC rejects the INVITE or makes a new offer, so the beginning may be lost.",
            cause: "The server uses its ordinary code for outgoing calls.",
            action: "The offer is used like any other.",
            remedy: "Send the INVITE without a body; the client makes the offer.",
            reference: "RFC 7866 section 7.2")
    }
}

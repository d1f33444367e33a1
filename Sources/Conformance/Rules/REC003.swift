package import Evidence

extension Rule {
    /// Recording server's INVITE carries SDP.
    package static var rec003: Rule {
        Rule(
            code: "REC003", title: "Recording server's INVITE carries SDP", severity: .error, concernsContent: false,
            meaning: "The recording server began the session and put a session description into its INVITE.",
            consequence: "A client that follows the RFC refuses the INVITE or offers anew, so the beginning may be lost.",
            cause: "The server uses its ordinary code for outgoing calls.",
            action: "The offer is used as any other.",
            remedy: "Send the INVITE without a body; the client makes the offer.",
            reference: "RFC 7866 section 7.2")
    }
}

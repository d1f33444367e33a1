package import Evidence

extension Rule {
    /// Metadata in an unexpected message.
    package static var rec006: Rule {
        Rule(
            code: "REC006", title: "Metadata in an unexpected message", severity: .warning,
            meaning: "Metadata came in a message other than INVITE, UPDATE, BYE, or the 2xx to an INVITE without an offer.",
            consequence: "A recorder that looks only where the RFC says misses this change of participants or streams.",
            cause: "A vendor extension, or a gateway from another protocol.",
            action: "The metadata is read and applied.",
            remedy: "Send metadata in INVITE or UPDATE.",
            reference: "RFC 7866 section 9.1")
    }
}

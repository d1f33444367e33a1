package import Evidence

extension Rule {
    /// Refused document that a later one builds on.
    package static var met046: Rule {
        Rule(
            code: "MET046", title: "Refused metadata that later metadata builds on", severity: .warning,
            meaning: "A document refers to something that was described only in a document whose request was refused.",
            consequence: "A receiver that holds to the protocol does not know whom or what is meant.",
            cause: "Clients that count a document as delivered once it is sent.",
            action: "siprecap takes the refused document for known from the later one on.",
            remedy: "Send a complete document after a refusal.",
            reference: "RFC 7866 section 9.1")
    }
}

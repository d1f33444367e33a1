package import Evidence

extension Rule {
    /// Participant without a nameID.
    package static var met008: Rule {
        Rule(
            code: "MET008", title: "Participant without a nameID", severity: .error, concernsContent: false,
            meaning: "A participant element has no nameID and therefore no address of record.",
            consequence: "The track of this participant can only be named by the identifier.",
            cause: "The recording client does not know the party yet, or withholds the identity for privacy.",
            action: "The participant is kept under its identifier.",
            remedy: "Send a later document with the nameID when the party is known.",
            reference: "RFC 7865 sections 6.5 and 9")
    }
}

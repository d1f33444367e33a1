package import Evidence

extension Rule {
    /// Participant without a name identifier.
    package static var met008: Rule {
        Rule(
            code: "MET008", title: "Participant without a name identifier", severity: .error, concernsContent: false,
            meaning: "A participant element has no nameID, so no address of record.",
            consequence: "The track of this participant can only be named by its identifier.",
            cause: "The recording client does not know the party yet, or withholds the identity for privacy.",
            action: "siprecap keeps the participant under its identifier.",
            remedy: "Send a later document with the nameID when the party is known.",
            reference: "RFC 7865 sections 6.5 and 9")
    }
}

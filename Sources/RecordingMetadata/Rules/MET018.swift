package import Evidence

extension Rule {
    /// Placeholder participant.
    package static var met018: Rule {
        Rule(
            code: "MET018", title: "Placeholder participant", severity: .info,
            meaning: "A participant has the identifier or address that a product uses in every call as a placeholder for an unknown party.",
            consequence: "Joined by that identifier, unrelated people from different calls would be merged.",
            cause: "Avaya SBCE describes the callee this way until the call is answered.",
            action: "The placeholder and its associations are ignored until a document names the real party.",
            remedy: "None needed if a later document names the party; otherwise have the recording client send an update on answer.",
            reference: "RFC 7865 section 6.5")
    }
}

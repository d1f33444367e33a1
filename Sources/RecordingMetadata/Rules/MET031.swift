package import Evidence

extension Rule {
    /// Identifier that tells a network card.
    package static var met031: Rule {
        Rule(
            code: "MET031", title: "Reveals a MAC address", severity: .warning,
            meaning: "An identifier is a version 1 UUID whose node is a MAC address: it reveals the machine and the time of creation.",
            consequence: "The identifiers disclose more than they should when recordings are passed on.",
            cause: "UUID libraries that default to version 1.",
            action: "The identifier is used as it is.",
            remedy: "Generate random (version 4) or name-based UUIDs.",
            reference: "RFC 7865 section 6.10")
    }
}

package import Evidence

extension Rule {
    /// Identifier that tells a network card.
    package static var met031: Rule {
        Rule(
            code: "MET031", title: "Identifier tells a network card", severity: .warning,
            meaning: "An identifier is a UUID of version 1 whose node is a hardware address: it tells the machine and the moment it was made.",
            consequence: "Identifiers reveal more than they should where recordings are handed on.",
            cause: "UUID libraries that default to version 1.",
            action: "siprecap uses the identifier as it is.",
            remedy: "Make random (version 4) or name-based identifiers.",
            reference: "RFC 7865 section 6.10")
    }
}

package import Evidence

extension Rule {
    /// Metadata identifier is not a base64 UUID.
    package static var met006: Rule {
        Rule(
            code: "MET006", title: "Metadata identifier is not a base64 UUID", severity: .warning,
            meaning: "An identifier is not the base64 form of a 16-octet UUID, but a dashed UUID, a telephone number, a counter or free text.",
            consequence:
                "It may not be unique beyond this recording session, so recordings of the same conversation from other sources cannot safely be joined by it.",
            cause: "Very common: many recording clients use their own identifiers.",
            action: "Identifiers are treated as opaque text and compared within one recording session only.",
            remedy: "Use UUIDs in base64 as RFC 7865 recommends, especially if several recording clients record one conversation.",
            reference: "RFC 7865 section 6.10")
    }
}

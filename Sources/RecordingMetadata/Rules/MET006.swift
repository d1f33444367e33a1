package import Evidence

extension Rule {
    /// Metadata identifier that is not a base64 UUID.
    package static var met006: Rule {
        Rule(
            code: "MET006", title: "Metadata identifier that is not a base64 UUID", severity: .warning,
            meaning: "An identifier is not the base64 form of a 16-octet UUID: it is a dashed UUID, a telephone number, a counter or free text.",
            consequence: """
                It may not be unique beyond this recording session, so that recordings of the same conversation from other sources cannot be \
                joined by it safely.
                """,
            cause: "Very common: many recording clients use their own identifiers.",
            action: "siprecap treats identifiers as opaque text and joins by them inside one recording session only.",
            remedy: "Use UUIDs in base64 as RFC 7865 recommends, above all when several recording clients record one conversation.",
            reference: "RFC 7865 section 6.10")
    }
}

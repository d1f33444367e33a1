package import Evidence

extension Rule {
    /// Several names in one nameID.
    package static var met032: Rule {
        Rule(
            code: "MET032", title: "Several names in one nameID", severity: .warning,
            meaning: "A nameID holds several names; the schema allows one.",
            consequence: "It is not stated which name is right; the file is named after the last.",
            cause: "Senders that list a name in several languages in one nameID instead of several.",
            action: "All names are kept.",
            remedy: "Give each name a separate nameID with the same aor.",
            reference: "RFC 7865 section 9")
    }
}

package import Evidence

extension Rule {
    /// Several names in one nameID.
    package static var met032: Rule {
        Rule(
            code: "MET032", title: "Several names in one nameID", severity: .warning,
            meaning: "A nameID holds more than one name; the schema allows one.",
            consequence: "Which name is the right one is not said; the last is used for the file name.",
            cause: "Senders that list a name in several languages in one nameID instead of in several.",
            action: "siprecap keeps all of them.",
            remedy: "Give each name a nameID of its own, with the same aor.",
            reference: "RFC 7865 section 9")
    }
}

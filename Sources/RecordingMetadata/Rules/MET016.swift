package import Evidence

extension Rule {
    /// Address of record does not identify anybody.
    package static var met016: Rule {
        Rule(
            code: "MET016", title: "Address of record does not identify anybody", severity: .warning,
            meaning: "The aor of a participant is empty, has no URI scheme, is a bare number, or is anonymous.",
            consequence: "The track is named by what is available; matching it with other recordings of the same person is uncertain.",
            cause: "Recording clients that copy only the user part or the dialled digits; callers who withhold their number.",
            action: "The text is kept as written, without adding a scheme.",
            remedy: "Send a sip:, sips: or tel: URI.",
            reference: "RFC 7865 section 6.5.1")
    }
}

package import Evidence

extension Rule {
    /// Address of record that identifies nobody.
    package static var met016: Rule {
        Rule(
            code: "MET016", title: "Address of record that identifies nobody", severity: .warning,
            meaning: "The aor of a participant is empty, has no URI scheme, is a bare number, or is anonymous.",
            consequence: "The track is named by what there is; joining it with other recordings of the same person is uncertain.",
            cause: "Recording clients that copy the user part or the dialled digits only; callers who withhold their number.",
            action: "siprecap keeps the text as written and adds no scheme.",
            remedy: "Send a sip:, sips: or tel: URI.",
            reference: "RFC 7865 section 6.5.1")
    }
}

package import Evidence

extension Rule {
    /// SRTP protection disabled.
    package static var rec021: Rule {
        Rule(
            code: "REC021", title: "SRTP protection disabled", severity: .warning,
            meaning: "A crypto line requests SRTP without encryption or without authentication.",
            consequence: "Anyone on the path can read or change the media, and a wrong key is not detected.",
            cause: "A debug setting.",
            action: "The parameter is honoured.",
            remedy: "Remove UNENCRYPTED_SRTP, UNENCRYPTED_SRTCP and UNAUTHENTICATED_SRTP.",
            reference: "RFC 4568 section 6.3")
    }
}

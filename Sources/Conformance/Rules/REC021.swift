package import Evidence

extension Rule {
    /// SRTP protection switched off.
    package static var rec021: Rule {
        Rule(
            code: "REC021", title: "SRTP protection switched off", severity: .warning,
            meaning: "A crypto line asks for SRTP without encryption or without authentication.",
            consequence: "Media can be read or changed by anyone on the path, and a wrong key is not noticed.",
            cause: "A setting for debugging.",
            action: "The parameter is honoured.",
            remedy: "Remove UNENCRYPTED_SRTP, UNENCRYPTED_SRTCP and UNAUTHENTICATED_SRTP.",
            reference: "RFC 4568 section 6.3")
    }
}

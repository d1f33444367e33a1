package import Evidence

extension Rule {
    /// Crypto key does not fit its suite.
    package static var sdp105: Rule {
        Rule(
            code: "SDP105", title: "Crypto key does not fit its suite", severity: .error,
            meaning: "The inline key of an a=crypto line is not base64 or does not have the length that its suite needs.",
            consequence: "No key can be derived from the line, so the media it protects stays encrypted.",
            cause: "A truncated or masked key, or a suite name that does not belong to the key.",
            action: "The line is kept; a key of the wrong length is not applied.",
            remedy: "Compare key length and suite at the sender; a masked key has to be captured anew.",
            reference: "RFC 4568 section 6.1, RFC 6188, RFC 7714")
    }
}

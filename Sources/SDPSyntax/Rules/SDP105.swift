package import Evidence

extension Rule {
    /// SRTP key does not match its suite.
    package static var sdp105: Rule {
        Rule(
            code: "SDP105", title: "SRTP key does not match its suite", severity: .error,
            meaning: "The inline key of an a=crypto line is not base64, or its length is wrong for the suite.",
            consequence: "No key can be derived from the line, so the media stays encrypted.",
            cause: "A truncated or masked key, or a suite name that does not match the key.",
            action: "The line is kept; a key of the wrong length is not applied.",
            remedy: "Compare key length and suite at the sender; if the key is masked, capture again.",
            reference: "RFC 4568 section 6.1, RFC 6188, RFC 7714")
    }
}

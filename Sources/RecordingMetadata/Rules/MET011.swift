package import Evidence

extension Rule {
    /// Stream without a label.
    package static var met011: Rule {
        Rule(
            code: "MET011", title: "Stream without a label", severity: .warning,
            meaning: "A stream has no label, so nothing relates it to a media line of the session description.",
            consequence: "The audio must be attributed by position or by elimination, which is less certain.",
            cause: "The recording client omits labels, or describes a stream that it does not deliver.",
            action: "The stream is kept and matched by the order of streams and media lines; the sidecar says so.",
            remedy: "Send a label element equal to the a=label of the media line.",
            reference: "RFC 7865 section 6.7.1, RFC 7866 section 7.1.2")
    }
}

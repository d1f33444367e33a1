package import Evidence

extension Rule {
    /// Stream without a label.
    package static var met011: Rule {
        Rule(
            code: "MET011", title: "Stream without a label", severity: .warning,
            meaning: "A stream has no label, so nothing ties it to a media line of the session description.",
            consequence: "The audio has to be attributed by position or by elimination, which is less certain.",
            cause: "The recording client omits labels, or describes a stream that it does not deliver.",
            action: "siprecap keeps the stream; matching falls back on the order of streams and media lines and says so.",
            remedy: "Send a label element equal to the a=label of the media line.",
            reference: "RFC 7865 section 6.7.1, RFC 7866 section 7.1.2")
    }
}

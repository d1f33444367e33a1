package import Evidence

extension Rule {
    /// SDP changed without a new version.
    package static var rec017: Rule {
        Rule(
            code: "REC017", title: "SDP changed without a new version", severity: .warning,
            meaning: "Two session descriptions of one party differ, but have the same version in the o= line.",
            consequence: "The receiver may ignore the change, so media goes to an old address or is not decoded.",
            cause: "The sender writes a constant version.",
            action: "Every session description is read regardless of its version.",
            remedy: "Increment the version in o= by one with every change.",
            reference: "RFC 3264 section 8")
    }
}

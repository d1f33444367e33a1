package import Evidence

extension Rule {
    /// Description changed under the same version.
    package static var rec017: Rule {
        Rule(
            code: "REC017", title: "Description changed under the same version", severity: .warning,
            meaning: "Two descriptions of one party differ, but the version in the o= line is the same.",
            consequence: "The receiver may ignore the change, so media goes to an old address or is not decoded.",
            cause: "The sender writes a constant version.",
            action: "Every description is read whatever its version.",
            remedy: "Raise the version in o= by one with every change.",
            reference: "RFC 3264 section 8")
    }
}

package import Evidence

extension Rule {
    /// One SRTP key for several media lines.
    package static var rec019: Rule {
        Rule(
            code: "REC019", title: "One SRTP key for several media lines", severity: .warning,
            meaning: "The same master key stands on several media lines.",
            consequence: "With AES in counter mode two streams with the same SSRC and key leak their contents.",
            cause: "The client makes one key for the session.",
            action: "The key is tried on each line.",
            remedy: "Make a new key for every line.",
            reference: "RFC 4568 section 6.1")
    }
}

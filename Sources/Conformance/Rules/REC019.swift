package import Evidence

extension Rule {
    /// SRTP key reused on several media lines.
    package static var rec019: Rule {
        Rule(
            code: "REC019", title: "SRTP key reused on several media lines", severity: .warning,
            meaning: "Several media lines have the same master key.",
            consequence: "With AES in counter mode, two streams with the same SSRC and key leak their contents.",
            cause: "The client generates one key per session.",
            action: "The key is tried on each line.",
            remedy: "Generate a new key for every line.",
            reference: "RFC 4568 section 6.1")
    }
}

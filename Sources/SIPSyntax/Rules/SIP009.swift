package import Evidence

extension Rule {
    /// Message truncated in its header.
    package static var sip009: Rule {
        Rule(
            code: "SIP009", title: "Message truncated in its header", severity: .warning,
            meaning: "The message ends before the blank line that ends its header.",
            consequence: "Header fields, session description and metadata beyond the cut are unknown.",
            cause: "A snap length shorter than the packets, a lost fragment, or an interrupted stream.",
            action: "The available header fields are used; nothing is assumed about the rest.",
            remedy: "Capture whole packets, for example with a snap length of 262144.",
            reference: "RFC 3261 section 7")
    }
}

package import Evidence

extension Rule {
    /// Message cut in its header fields.
    package static var sip009: Rule {
        Rule(
            code: "SIP009", title: "Message cut in its header fields", severity: .warning,
            meaning: "The message ends before the blank line that closes its header fields.",
            consequence: "Header fields, session description and metadata beyond the cut are not known.",
            cause: "A snapshot length shorter than the packets, a lost fragment, or a stream that broke off.",
            action: "The header fields that are there are used; nothing is assumed about the rest.",
            remedy: "Capture whole packets, for example with a snapshot length of 262144.",
            reference: "RFC 3261 section 7")
    }
}

package import Evidence

extension Rule {
    /// Body part cannot be decoded.
    package static var sip008: Rule {
        Rule(
            code: "SIP008", title: "Body part cannot be decoded", severity: .warning,
            meaning: "The content of a body part does not match the transfer encoding in its header.",
            consequence: "Metadata or a session description in that part may be unreadable.",
            cause: "A wrong Content-Transfer-Encoding header, or a damaged body.",
            action: "The content is used as sent.",
            remedy: "Send the part in binary, which SIP carries without a transfer encoding.",
            reference: "RFC 2045 section 6 and RFC 3261 section 7.4")
    }
}

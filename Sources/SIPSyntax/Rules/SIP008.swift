package import Evidence

extension Rule {
    /// Body part does not decode.
    package static var sip008: Rule {
        Rule(
            code: "SIP008", title: "Body part does not decode", severity: .warning,
            meaning: "The content of a body part does not follow the transfer encoding that its header names.",
            consequence: "Metadata or a session description in that part may be unreadable.",
            cause: "A wrong Content-Transfer-Encoding header, or a damaged body.",
            action: "The content is used as it was sent.",
            remedy: "Send the part in binary, which SIP carries without any transfer encoding.",
            reference: "RFC 2045 section 6 and RFC 3261 section 7.4")
    }
}

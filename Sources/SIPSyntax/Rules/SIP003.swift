package import Evidence

extension Rule {
    /// Lines end without a carriage return.
    package static var sip003: Rule {
        Rule(
            code: "SIP003", title: "Lines end without a carriage return", severity: .info,
            meaning: "Header lines end in a bare LF instead of CR LF.",
            consequence: "Strict receivers reject such a message, so the recording session may fail; siprecap reads it.",
            cause: "A message built from a text template with Unix line endings, or a script that rewrites headers.",
            action: "Both line endings are accepted. The bytes are left as they are, so that Content-Length still fits.",
            remedy: "Configure the sender to end every header line with CR LF.",
            reference: "RFC 3261 section 7 and RFC 4475 section 3.1.2")
    }
}

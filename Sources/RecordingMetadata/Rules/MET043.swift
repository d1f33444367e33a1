package import Evidence

extension Rule {
    /// Whitespace in an identifier.
    package static var met043: Rule {
        Rule(
            code: "MET043", title: "Whitespace in an identifier", severity: .info,
            meaning: "An identifier or reference is wrapped across lines, or has spaces in or around it.",
            consequence: "Receivers that compare text byte by byte find no match.",
            cause: "XML formatted for reading, as in RFC 8068.",
            action: "Identifiers are compared without whitespace.",
            remedy: "Write identifiers without whitespace.",
            reference: "RFC 7865 section 6.10")
    }
}

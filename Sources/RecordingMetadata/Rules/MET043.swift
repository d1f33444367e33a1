package import Evidence

extension Rule {
    /// Blanks inside an identifier.
    package static var met043: Rule {
        Rule(
            code: "MET043", title: "Blanks inside an identifier", severity: .info,
            meaning: "An identifier or reference is folded over lines, or has blanks in or around it.",
            consequence: "Receivers that compare text octet by octet find no match.",
            cause: "XML that is laid out for reading; RFC 8068 does so.",
            action: "siprecap compares identifiers without blanks.",
            remedy: "Write identifiers without blanks.",
            reference: "RFC 7865 section 6.10")
    }
}

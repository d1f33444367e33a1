package import Evidence

extension Rule {
    /// Bound of a message reached.
    package static var sip006: Rule {
        Rule(
            code: "SIP006", title: "Bound of a message reached", severity: .warning,
            meaning: "A message has more octets, header fields, body parts or nesting than the stated bounds allow.",
            consequence: "What lies beyond the bound was not read, so metadata or media lines there are not known.",
            cause: "A hostile or damaged capture, or metadata of unusual size.",
            action: "Everything up to the bound is used; the rest is left out.",
            remedy: "If the message is genuine, raise the bound and run again.",
            reference: "RFC 4475 section 3.1.2, robustness")
    }
}

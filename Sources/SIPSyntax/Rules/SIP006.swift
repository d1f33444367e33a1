package import Evidence

extension Rule {
    /// SIP message limit reached.
    package static var sip006: Rule {
        Rule(
            code: "SIP006", title: "SIP message limit reached", severity: .warning,
            meaning: "A message has more bytes, header fields, body parts or nesting than the limits allow.",
            consequence: "Everything beyond the limit was not read, so metadata or media lines there are unknown.",
            cause: "A hostile or damaged capture, or metadata of unusual size.",
            action: "Everything up to the limit is used; the rest is left out.",
            remedy: "If the message is genuine, raise the limit and run again.",
            reference: "RFC 4475 section 3.1.2, robustness")
    }
}

package import Evidence

extension Rule {
    /// Malformed header field.
    package static var sip004: Rule {
        Rule(
            code: "SIP004", title: "Malformed header field", severity: .warning,
            meaning: "A header field violates the grammar: no colon, an address without its closing bracket, a CSeq or Content-Length that is not a number.",
            consequence: "A receiver may reject the message, and a tag, address or feature tag in it may be read wrongly.",
            cause: "A message manipulation rule on a session border controller, or a damaged packet.",
            action: "The field is kept unchanged and read as far as it makes sense.",
            remedy: "Check the given byte in the capture and correct the rule or product that writes the field.",
            reference: "RFC 3261 section 25.1")
    }
}

package import Evidence

extension Rule {
    /// Multipart boundary missing or not closed.
    package static var sip005: Rule {
        Rule(
            code: "SIP005", title: "Multipart boundary missing or not closed", severity: .warning,
            meaning: "The boundary of a multipart body is not declared, differs from the one in the body, or has no closing line.",
            consequence: "A strict receiver finds neither session description nor metadata in the message, so the call may not be recorded.",
            cause: "A body edited after its header was written, a truncated message, or two products that disagree about the boundary.",
            action: "The boundary found in the body is used, and the last part ends with the body.",
            remedy: "Make the boundary parameter equal to the delimiter lines and close the body with the boundary and two dashes.",
            reference: "RFC 2046 section 5.1.1 and RFC 5621")
    }
}

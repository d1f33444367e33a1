package import Evidence

extension Rule {
    /// Required header field missing.
    package static var sip002: Rule {
        Rule(
            code: "SIP002", title: "Required header field missing", severity: .warning,
            meaning: "A header field that every SIP message needs, such as Via, From, To, Call-ID or CSeq, is missing.",
            consequence: "Without Call-ID or CSeq the message cannot be assigned to its dialog, and its negotiation is lost.",
            cause: "A truncated header, a fuzzing tool, or an endpoint that predates RFC 3261.",
            action: "The message is kept and used as far as its header fields allow.",
            remedy: "Correct the sender; check whether the packet was captured completely.",
            reference: "RFC 3261 section 8.1.1")
    }
}

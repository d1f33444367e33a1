package import Evidence

extension Rule {
    /// Required header field missing.
    package static var sip002: Rule {
        Rule(
            code: "SIP002", title: "Required header field missing", severity: .warning,
            meaning: "A header field that every SIP message needs, such as Via, From, To, Call-ID or CSeq, is absent.",
            consequence: "Without Call-ID or CSeq the message cannot be placed in its dialog, and what it negotiated is lost.",
            cause: "A cut header, a fuzzing tool, or an endpoint that predates RFC 3261.",
            action: "The message is kept and used as far as the header fields that are there allow.",
            remedy: "Correct the sender; look whether the packet was captured whole.",
            reference: "RFC 3261 section 8.1.1")
    }
}

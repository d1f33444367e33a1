package import Evidence

extension Rule {
    /// Metadata is not well-formed XML.
    package static var met001: Rule {
        Rule(
            code: "MET001", title: "Metadata is not well-formed XML", severity: .error,
            meaning:
                "The recording metadata violates XML syntax at the location given: a stray ampersand or less-than sign in a display name, a missing end "
                + "tag, a forbidden character, or a document that stops abruptly.",
            consequence:
                "Everything after the error may be unknown: participants without names, streams without a sender. A strict recorder rejects the whole document.",
            cause: """
                The recording client copies SIP display names or header values into the XML without escaping them, or the message was cut in the \
                capture.
                """,
            action:
                "Everything before the error is kept. Stray characters are escaped in memory, and reading continues if that makes the document readable; "
                + "a truncated document never ends what it does not mention.",
            remedy:
                "Ask the vendor of the recording client to escape & and < in text and attributes. If the document stops in the middle, check the capture "
                + "for lost fragments.",
            reference: "RFC 7865 section 5.1, XML 1.0 section 2.1")
    }
}

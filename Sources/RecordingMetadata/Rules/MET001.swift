package import Evidence

extension Rule {
    /// Metadata that is not well-formed XML.
    package static var met001: Rule {
        Rule(
            code: "MET001", title: "Metadata that is not well-formed XML", severity: .error,
            meaning: """
                The recording metadata breaks the syntax of XML at the place named: a stray ampersand or less-than sign in a display name, a \
                missing end tag, a forbidden character, or a document that simply stops.
                """,
            consequence: """
                Everything after the fault may be unknown: participants without names, streams without an owner. A recorder that parses strictly \
                rejects the whole document.
                """,
            cause: """
                The recording client copies SIP display names or header values into the XML without escaping them, or the message was cut in the \
                capture.
                """,
            action: """
                siprecap keeps what stood before the fault. It escapes stray signs in memory and reads on when that makes the document readable; a \
                document that stays cut never ends what it does not mention.
                """,
            remedy: """
                Ask the vendor of the recording client to escape & and < in text and attributes. Check the capture for lost fragments when the \
                document stops in the middle.
                """,
            reference: "RFC 7865 section 5.1, XML 1.0 section 2.1")
    }
}

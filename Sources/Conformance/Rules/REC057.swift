package import Evidence

extension Rule {
    /// Communication session ended and the recording session does not say so.
    package static var rec057: Rule {
        Rule(
            code: "REC057", title: "Communication session ended and the recording session does not say so", severity: .warning,
            meaning: """
                The communication session ended with BYE. Five seconds later the recording session was still up, and its metadata had neither a \
                stop-time nor a disassociate-time nor a snapshot without that session.
                """,
            consequence: "The recording seems longer than the conversation, and later media may be filed under the wrong one.",
            cause: "The client only looks at the media; or its BYE to the recorder was lost.",
            action: "The recording ends with the last packet.",
            remedy: "End the recording session, or send metadata with the stop-time of the communication session.",
            reference: "RFC 7866 section 9.1; RFC 8068 section 3.2.4")
    }
}

package import Evidence

extension Rule {
    /// Record-aware party is not told of the recording.
    package static var rec045: Rule {
        Rule(
            code: "REC045", title: "Record-aware party is not told of the recording", severity: .error, concernsContent: false,
            meaning: """
                A party of the communication session says Supported: record-aware, a recording session runs beside it for five seconds or more, and \
                no session description sent to this party has a=record.
                """,
            consequence: "The user agent can not show that it is recorded, which is what it asked for and what the law may demand.",
            cause: "The recorder is attached by a session border controller that copies Supported through but does not write a=record; few products do.",
            action: "Noted; the recording is not affected. siprecap makes no judgement of consent.",
            remedy: "Let the recording client send a=record:on in its offer or answer, or in a re-INVITE when recording begins later.",
            reference: "RFC 7866 sections 6.1.2 and 7.1.2")
    }
}

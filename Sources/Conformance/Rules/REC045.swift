package import Evidence

extension Rule {
    /// Record-aware party not notified of recording.
    package static var rec045: Rule {
        Rule(
            code: "REC045", title: "Record-aware party not notified of recording", severity: .error, concernsContent: false,
            meaning:
                "A party of the communication session sends Supported: record-aware, a recording session runs for at least five seconds, and no session "
                + "description sent to this party has a=record.",
            consequence: "The user agent cannot show that it is being recorded, which it asked for and the law may require.",
            cause: "The recorder is attached to a session border controller that copies Supported but does not write a=record; few products do.",
            action: "Noted; the recording is not affected. siprecap does not judge consent.",
            remedy: "The recording client should send a=record:on in its offer or answer, or in a re-INVITE if recording starts later.",
            reference: "RFC 7866 sections 6.1.2 and 7.1.2")
    }
}

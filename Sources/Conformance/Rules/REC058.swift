package import Evidence

extension Rule {
    /// Recording begins later than the conversation.
    package static var rec058: Rule {
        Rule(
            code: "REC058", title: "Recording begins later than the conversation", severity: .info,
            meaning: "The first media of the recording session came more than one second after the first media of the answered communication session.",
            consequence: "The opening words are in no file: they are clipped.",
            cause: """
                The client invites the recorder only when the call is answered, and waits for the recorder's answer; a failed first recorder adds to \
                it.
                """,
            action: """
                The time before is not part of the recording. Where the capture has the communication session too, it keeps a recording of its own \
                if it is much longer.
                """,
            remedy: "Invite the recorder while the call is ringing, or keep a persistent recording session.",
            reference: "RFC 6341 REQ-005")
    }
}

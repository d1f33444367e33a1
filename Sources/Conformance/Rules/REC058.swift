package import Evidence

extension Rule {
    /// Recording starts later than the call.
    package static var rec058: Rule {
        Rule(
            code: "REC058", title: "Recording starts later than the call", severity: .info,
            meaning: "The first media of the recording session came more than one second after the first media of the answered communication session.",
            consequence: "The opening words are in no file.",
            cause:
                "The client invites the recorder only when the call is answered, and waits for the recorder's answer; a failed first recorder adds to the delay.",
            action:
                "The time before is not part of the recording. If the capture also contains the communication session, it remains a separate recording "
                + "if it is much longer.",
            remedy: "Invite the recorder while the call is ringing, or keep a persistent recording session.",
            reference: "RFC 6341 REQ-005")
    }
}

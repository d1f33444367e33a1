package import Evidence

extension Rule {
    /// Recording continues after the call.
    package static var rec059: Rule {
        Rule(
            code: "REC059", title: "Recording continues after the call", severity: .info,
            meaning: "Media of the recording session came more than one second after the last media of the communication session.",
            consequence: "The tail belongs to no party: silence, music or the client's own tones.",
            cause: "The client ends its fork late, or plays an announcement into it.",
            action: "The tail is in the recording.",
            remedy: "None needed if the tail is silent.",
            reference: "RFC 7866 section 7.1")
    }
}

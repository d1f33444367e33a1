package import Evidence

extension Rule {
    /// Packet time differs from ptime.
    package static var rec023: Rule {
        Rule(
            code: "REC023", title: "Packet time differs from ptime", severity: .info,
            meaning: "The duration of audio per packet differs from the receiver's a=ptime.",
            consequence: "Recorders with a fixed frame length stutter.",
            cause: "The sender ignores a=ptime, which is only a preference.",
            action: "The timeline follows RTP timestamps, so the audio is correct.",
            remedy: "Set ptime to the value that is sent.",
            reference: "RFC 8866 section 6.4")
    }
}

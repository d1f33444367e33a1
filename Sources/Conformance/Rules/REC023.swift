package import Evidence

extension Rule {
    /// Packet time differs from ptime.
    package static var rec023: Rule {
        Rule(
            code: "REC023", title: "Packet time differs from ptime", severity: .info,
            meaning: "Packets carry another duration of audio than the a=ptime of their receiver.",
            consequence: "Recorders with fixed frames stutter.",
            cause: "The sender ignores a=ptime, which is only a wish.",
            action: "The timeline follows RTP timestamps, so audio is right.",
            remedy: "Set ptime to what is sent.",
            reference: "RFC 8866 section 6.4")
    }
}

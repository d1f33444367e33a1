package import Evidence

extension Rule {
    package static var srt025: Rule {
        Rule(
            code: "SRT025", title: "Recording session encrypted with a shorter key than the call", severity: .warning,
            meaning: "The call's media are encrypted with a longer key than the recording session that delivers them.",
            consequence: "The recording is the weaker way to the same words.",
            cause: "A default suite of the recording client, or a recorder that accepts no better one.",
            action: "Packets are opened all the same.",
            remedy: "Offer and accept a suite for the recording session that is at least as strong as that of the call.",
            reference: "RFC 7866 section 12.2")
    }
}

package import Evidence

extension Rule {
    package static var srt025: Rule {
        Rule(
            code: "SRT025", title: "Recording session has a shorter SRTP key than the call", severity: .warning,
            meaning: "The media of the call is encrypted with a longer key than the recording session that delivers it.",
            consequence: "The recording is the weaker of the two copies.",
            cause: "A default suite of the recording client, or a recorder that does not accept a stronger one.",
            action: "Packets are decrypted anyway.",
            remedy: "Offer and accept a suite for the recording session that is at least as strong as that of the call.",
            reference: "RFC 7866 section 12.2")
    }
}

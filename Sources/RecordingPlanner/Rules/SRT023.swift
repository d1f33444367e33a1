package import Evidence

extension Rule {
    package static var srt023: Rule {
        Rule(
            code: "SRT023", title: "SRTP key used beyond its lifetime", severity: .warning,
            meaning: "More packets were sent with one master key than the lifetime in its `a=crypto` line allows, and no new key was negotiated.",
            consequence: "None for the recording: packets that authenticate are decrypted. The receiver may have dropped them.",
            cause: "A device that announces a lifetime but does not enforce it.",
            action: "The key is used as long as packets authenticate with it.",
            remedy: "The device should negotiate a new key in time, or omit the lifetime.",
            reference: "RFC 4568 section 6.1, RFC 3711 section 9.2")
    }
}

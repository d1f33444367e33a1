package import Evidence

extension Rule {
    package static var srt023: Rule {
        Rule(
            code: "SRT023", title: "Key used beyond its lifetime", severity: .warning,
            meaning: "More packets were seen under one master key than the lifetime of its `a=crypto` line allows, and no new key was agreed.",
            consequence: "None for the recording: packets that authenticate are opened. The receiver may have dropped them.",
            cause: "A device that writes a lifetime and does not keep it.",
            action: "The key is used as long as packets authenticate with it.",
            remedy: "Let the device agree on a new key in time, or leave the lifetime out.",
            reference: "RFC 4568 section 6.1, RFC 3711 section 9.2")
    }
}

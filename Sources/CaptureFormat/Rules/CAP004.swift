package import Evidence

extension Rule {
    package static var cap004: Rule {
        Rule(
            code: "CAP004", title: "Packet from an interface that was not declared", severity: .warning,
            meaning: "A pcapng packet or statistics block names an interface for which its section holds no Interface Description Block.",
            consequence: "Neither link type nor time resolution of the packet is known, so it can not be decoded and is missing from the recordings.",
            cause: "Files were joined byte by byte or split without repeating the section's head, or the writing program is at fault.",
            action: "The frame is counted, so that numbers agree with other tools, but not decoded.",
            remedy: "Split and join captures with editcap and mergecap.",
            reference: "draft-ietf-opsawg-pcapng section 4.2")
    }
}

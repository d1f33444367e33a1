package import Evidence

extension Rule {
    package static var cap004: Rule {
        Rule(
            code: "CAP004", title: "Packet from an undeclared interface", severity: .warning,
            meaning: "A pcapng packet or statistics block refers to an interface without an Interface Description Block in its section.",
            consequence: "The link type and time resolution of the packet are unknown, so it cannot be decoded and is missing from the recordings.",
            cause: "Files were joined byte by byte or split without repeating the section header, or the program that wrote them is at fault.",
            action: "The frame is counted, so that frame numbers agree with other tools, but not decoded.",
            remedy: "Split and join captures with editcap and mergecap.",
            reference: "draft-ietf-opsawg-pcapng section 4.2")
    }
}

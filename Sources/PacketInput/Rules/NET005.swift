package import Evidence

extension Rule {
    package static var net005: Rule {
        Rule(
            code: "NET005", title: "Unsupported link type", severity: .warning,
            meaning: "Frames were captured on a link type whose header siprecap does not read.",
            consequence: "None of these frames is part of any recording.",
            cause: "A capture of Wi-Fi, USB, a serial line or a vendor's own encapsulation.",
            action: "The frames are counted and skipped.",
            remedy: "Capture on an Ethernet or 'any' interface of a host on the path.",
            reference: "The tcpdump group's registry of link-layer header types")
    }
}

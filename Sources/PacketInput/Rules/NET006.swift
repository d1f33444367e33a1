package import Evidence

extension Rule {
    package static var net006: Rule {
        Rule(
            code: "NET006", title: "Malformed network header", severity: .warning,
            meaning: "An IP, UDP or TCP header contradicts itself: a length shorter than the header, or a version that the link header denies.",
            consequence: "The packet is not decoded; a receiver would have dropped it as well.",
            cause: "Damage on the way, a capture of packets before they were finished by the network card, or traffic made to confuse.",
            action: "The frame is counted and passed over. Checksums are never a reason: they are often wrong in captures of the sending host.",
            remedy: "Look at the frame; if many are affected capture at another place.",
            reference: "RFC 791 section 3.1; RFC 768; RFC 9293 section 3.1")
    }
}

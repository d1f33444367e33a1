package import Evidence

extension Rule {
    package static var net011: Rule {
        Rule(
            code: "NET011", title: "Encapsulation too deep", severity: .warning,
            meaning: "A packet lies within more link layers, tunnels, tags or header extensions than siprecap follows.",
            consequence: "What such a packet carries is not part of any recording.",
            cause: "A routing loop through a tunnel, where each turn adds a header, or traffic made to exhaust whoever decodes it.",
            action: "The packet is counted and passed over.",
            remedy: "Look at one of the frames: if the nesting is real, capture behind the outermost tunnel.",
            reference: "RFC 2473 section 4.1; RFC 8200 section 4")
    }
}

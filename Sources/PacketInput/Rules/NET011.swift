package import Evidence

extension Rule {
    package static var net011: Rule {
        Rule(
            code: "NET011", title: "Too many nested encapsulations", severity: .warning,
            meaning: "A packet has more nested link layers, tunnels, tags or header extensions than siprecap follows.",
            consequence: "The content of such a packet is not part of any recording.",
            cause: "A routing loop through a tunnel, where each turn adds a header, or traffic crafted to exhaust decoders.",
            action: "The packet is counted and skipped.",
            remedy: "Examine one of the frames: if the nesting is real, capture behind the outermost tunnel.",
            reference: "RFC 2473 section 4.1; RFC 8200 section 4")
    }
}

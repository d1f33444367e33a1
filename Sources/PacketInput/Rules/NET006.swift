package import Evidence

extension Rule {
    package static var net006: Rule {
        Rule(
            code: "NET006", title: "Malformed network header", severity: .warning,
            meaning: "An IP, UDP or TCP header contradicts itself: a length shorter than the header, or a version that does not match the link header.",
            consequence: "The packet is not decoded; a receiver would have dropped it as well.",
            cause: "Damage in transit, packets captured before the network card completed them, or crafted traffic.",
            action: "The frame is counted and skipped. Checksums are not verified: they are often wrong in captures on the sending host.",
            remedy: "Examine the frame; if many are affected, capture elsewhere.",
            reference: "RFC 791 section 3.1; RFC 768; RFC 9293 section 3.1")
    }
}

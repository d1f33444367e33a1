package import Evidence

extension Rule {
    package static var net007: Rule {
        Rule(
            code: "NET007", title: "TCP retransmission disagrees", severity: .warning,
            meaning: "Two segments of a TCP stream cover the same octets with different content.",
            consequence: "The receiver may have seen other octets than this recording.",
            cause: "A faulty middlebox, damaged capture data, or an attempt to deceive an observer.",
            action: "The octets that were captured first win.",
            remedy: "Compare with the endpoint's own log.",
            reference: "RFC 9293 section 3.10.7.4")
    }
}

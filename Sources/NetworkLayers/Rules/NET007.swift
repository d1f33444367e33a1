package import Evidence

extension Rule {
    package static var net007: Rule {
        Rule(
            code: "NET007", title: "Retransmitted with different bytes", severity: .warning,
            meaning: "Two segments of a TCP stream cover the same bytes with different content.",
            consequence: "The receiver may have seen other bytes than this recording.",
            cause: "A faulty middlebox, damaged capture data, or an attempt to deceive an observer.",
            action: "The bytes captured first take precedence.",
            remedy: "Compare with the log of the endpoint.",
            reference: "RFC 9293 section 3.10.7.4")
    }
}

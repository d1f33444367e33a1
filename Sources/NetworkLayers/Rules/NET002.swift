package import Evidence

extension Rule {
    package static var net002: Rule {
        Rule(
            code: "NET002", title: "Overlapping IP fragments disagree", severity: .warning,
            meaning: "Two fragments of a datagram cover the same bytes with different content, or give it different ends.",
            consequence: "The receiver may have seen other bytes than this recording: systems differ in which fragment takes precedence.",
            cause: "The IP identification was reused within a minute, a device is faulty, or somebody tries to deceive an observer.",
            action: "The bytes captured first take precedence.",
            remedy: "Examine the fragments; if the identification was reused, compare with the log of the endpoint.",
            reference: "RFC 791 section 3.2; RFC 5722 section 4")
    }
}

package import Evidence

extension Rule {
    package static var net002: Rule {
        Rule(
            code: "NET002", title: "Overlapping IP fragments disagree", severity: .warning,
            meaning: "Two fragments of a datagram cover the same octets with different content, or give it different ends.",
            consequence: "The receiver may have seen other octets than this recording: systems differ in which fragment wins.",
            cause: "Reuse of the IP identification within a minute, a faulty device, or an attempt to deceive an observer.",
            action: "The octets that were captured first win.",
            remedy: "Look at the fragments in question; if the identification was reused, compare with the endpoint's own log.",
            reference: "RFC 791 section 3.2; RFC 5722 section 4")
    }
}

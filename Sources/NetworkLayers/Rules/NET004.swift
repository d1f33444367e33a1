package import Evidence

extension Rule {
    package static var net004: Rule {
        Rule(
            code: "NET004", title: "Reassembly bound reached", severity: .warning,
            meaning: "More fragments or TCP octets were waiting for missing ones than siprecap keeps.",
            consequence: "The oldest that wait are given up, so a message may be lost that could have been put together with more memory.",
            cause: "Very many parallel streams with loss, or traffic made to exhaust memory.",
            action: "What has waited longest is given up first.",
            remedy: "Filter the capture to signalling and media, or split it.",
            reference: "RFC 8200 section 4.5; RFC 9293 section 3.8.6")
    }
}

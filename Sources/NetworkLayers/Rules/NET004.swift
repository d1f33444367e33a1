package import Evidence

extension Rule {
    package static var net004: Rule {
        Rule(
            code: "NET004", title: "Reassembly limit reached", severity: .warning,
            meaning: "More fragments or TCP bytes were waiting for missing ones than siprecap keeps.",
            consequence: "The oldest are discarded, so a message may be lost that more memory could have reassembled.",
            cause: "Very many parallel streams with loss, or traffic crafted to exhaust memory.",
            action: "The data that has waited longest is discarded first.",
            remedy: "Filter the capture to signalling and media, or split it.",
            reference: "RFC 8200 section 4.5; RFC 9293 section 3.8.6")
    }
}

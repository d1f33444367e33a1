package import Evidence

extension Rule {
    package static var srt004: Rule {
        Rule(
            code: "SRT004", title: "The two SRTP implementations disagree", severity: .error,
            meaning: "A packet that siprecap's own SRTP transform opened was refused by libsrtp2, or opened to other octets.",
            consequence: "One of the two is wrong, so the payload cannot be trusted; the packet is left out.",
            cause: "A defect in siprecap or in the installed libsrtp2.",
            action: "The packet is rejected and counted. The check covers the first packets of every stream.",
            remedy: "Report it with the capture and the suite; choose one engine explicitly to go on meanwhile.",
            reference: "RFC 3711 section 3.3")
    }
}

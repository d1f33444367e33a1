package import Evidence

extension Rule {
    package static var srt004: Rule {
        Rule(
            code: "SRT004", title: "SRTP implementations disagree", severity: .error,
            meaning: "libsrtp2 rejected a packet that siprecap's own SRTP implementation decrypted, or decrypted it to other bytes.",
            consequence: "One of the two is wrong, so the payload cannot be trusted; the packet is left out.",
            cause: "A defect in siprecap or in the installed libsrtp2.",
            action: "The packet is rejected and counted. The first packets of every stream are checked.",
            remedy: "Report it with the capture and the suite; select one engine explicitly in the meantime.",
            reference: "RFC 3711 section 3.3")
    }
}

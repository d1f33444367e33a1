package import Evidence

extension Rule {
    package static var srt022: Rule {
        Rule(
            code: "SRT022", title: "SRTP session parameter without effect on decryption", severity: .info,
            meaning:
                "An `a=crypto` line has a session parameter that makes no difference to an observer: a window size hint (WSH), the order of forward "
                + "error correction (FEC_ORDER), or a separate key for FEC packets (FEC_KEY).",
            consequence: "None for the media packets. FEC packets with a separate key are not decrypted, so they repair nothing.",
            cause: "A device that states its settings.",
            action: "WSH is exceeded: late packets are accepted over 1,024 numbers. FEC_ORDER and FEC_KEY are noted; the media keys are used for the media.",
            remedy: "None needed.",
            reference: "RFC 4568 sections 6.3.4 to 6.3.6")
    }
}

package import Evidence

extension Rule {
    package static var srt022: Rule {
        Rule(
            code: "SRT022", title: "Session parameter without effect on opening", severity: .info,
            meaning:
                "An `a=crypto` line has a session parameter that changes nothing for who only listens: a window size hint (WSH), the order of forward "
                + "error correction (FEC_ORDER), or a key of its own for the correction packets (FEC_KEY).",
            consequence: "None for the media packets. Correction packets under a key of their own are not opened, so nothing is repaired with them.",
            cause: "A device that states its settings.",
            action:
                "WSH is more than met: late packets are accepted over 1,024 numbers. FEC_ORDER and FEC_KEY are noted; the media's own keys are used for "
                + "the media.",
            remedy: "None needed.",
            reference: "RFC 4568 sections 6.3.4 to 6.3.6")
    }
}

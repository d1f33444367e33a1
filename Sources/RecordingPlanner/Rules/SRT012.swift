package import Evidence

extension Rule {
    package static var srt012: Rule {
        Rule(
            code: "SRT012", title: "Key opens nothing", severity: .info,
            meaning: "A key of a key file authenticates no sampled packet of any flow that it was tried on.",
            consequence: "None for streams that other keys open.",
            cause: "A key of another call or another party, a rollover counter out of reach, or a key with a wrong character.",
            action: "The key is left aside.",
            remedy: "Compare the time and the SSRC of the streams that still need a key; `siprecap keys check FILE INPUT` lists them.",
            reference: "RFC 3711 section 4.2")
    }
}

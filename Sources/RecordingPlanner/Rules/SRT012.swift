package import Evidence

extension Rule {
    package static var srt012: Rule {
        Rule(
            code: "SRT012", title: "Key matches no stream", severity: .info,
            meaning: "A key in a key file authenticates no sample packet of any flow on which it was tried.",
            consequence: "None for streams that other keys decrypt.",
            cause: "A key of another call or another party, a rollover counter out of reach, or a typo in the key.",
            action: "The key is ignored.",
            remedy: "Compare the time and SSRC of the streams that still need a key; `siprecap keys check FILE INPUT` lists them.",
            reference: "RFC 3711 section 4.2")
    }
}

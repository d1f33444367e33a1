package import Evidence

extension Rule {
    package static var srt014: Rule {
        Rule(
            code: "SRT014", title: "Stream begins in clear and goes on encrypted", severity: .info,
            meaning: "The first packets of the flow are plain RTP and later ones are SRTP.",
            consequence: "None where the keys are at hand: both parts are in the audio.",
            cause: "A key agreement in the media path, such as ZRTP, which starts after the media.",
            action: "Packets before the first that authenticates are taken as plain RTP; later ones must authenticate.",
            remedy: "None needed.",
            reference: "RFC 6189 section 4.6")
    }
}

package import Evidence

extension Rule {
    package static var srt014: Rule {
        Rule(
            code: "SRT014", title: "Stream starts in clear and continues encrypted", severity: .info,
            meaning: "The first packets of the flow are plain RTP, later ones are SRTP.",
            consequence: "None if the keys are available: the audio contains both parts.",
            cause: "A key agreement in the media path, such as ZRTP, which starts after the media.",
            action: "Packets before the first that authenticates are read as plain RTP; later ones must authenticate.",
            remedy: "None needed.",
            reference: "RFC 6189 section 4.6")
    }
}

package import Evidence

extension Rule {
    /// More sources at once on one stream than can be voices.
    package static var mat007: Rule {
        Rule(
            code: "MAT007", title: "Source beside others left without a file", severity: .warning,
            meaning: """
                A source (SSRC) sends on an address where another source of the same stream is sending at the same time, and it has fewer than ten packets, \
                or the recording already has as many audio files as the bound allows.
                """,
            consequence: "What these packets carry is in no audio file. They are listed with their flow.",
            cause: "Stray or forged packets, a scanner, a sender that restarts with a new SSRC for every packet, or many callers behind one mixer port.",
            action: "The packets are counted and the flow is listed; the longer sources of the stream are rendered.",
            remedy: "Look at the flow with --ssrc; if it is a real voice, render it alone by that option.",
            reference: "RFC 3550 section 8")
    }
}

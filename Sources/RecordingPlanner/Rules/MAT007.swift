package import Evidence

extension Rule {
    /// More sources at once on one stream than can be voices.
    package static var mat007: Rule {
        Rule(
            code: "MAT007", title: "Short or surplus source without an audio file", severity: .warning,
            meaning:
                "A source (SSRC) sends to an address while another source of the same stream is sending there, and it has fewer than ten packets, or the "
                + "recording has reached its limit of audio files.",
            consequence: "No audio file contains these packets. They are listed with their flow.",
            cause: "Stray or forged packets, a scanner, a sender that restarts with a new SSRC for every packet, or many callers behind one mixer port.",
            action: "The packets are counted and the flow is listed; the longer sources of the stream are rendered.",
            remedy: "Examine the flow with --ssrc; if it is a real voice, render it alone with that option.",
            reference: "RFC 3550 section 8")
    }
}

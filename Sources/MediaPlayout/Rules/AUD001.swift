package import Evidence

extension Rule {
    package static var aud001: Rule {
        Rule(
            code: "AUD001", title: "Codec not supported", severity: .error,
            meaning: "A stream, or part of it, uses a codec that siprecap cannot decode.",
            consequence: "The packets were captured and counted, but their time is silent in the audio files, in a gap with cause codec-unsupported.",
            cause:
                "The parties negotiated a codec for which siprecap has no decoder, such as EVS or SILK, or one party uses more channels than siprecap supports.",
            action: "The span stays silent. Packet counts, loss and jitter are still measured, and every other payload type of the stream is decoded.",
            remedy: "Restrict the codecs that the recording client offers, or keep the capture and decode the packets with a tool for that codec.",
            reference: "RFC 3551 section 4.5")
    }
}

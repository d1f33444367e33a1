package import Evidence

extension Rule {
    package static var aud001: Rule {
        Rule(
            code: "AUD001", title: "Codec not supported", severity: .error,
            meaning: "A stream, or part of it, is in an encoding that siprecap cannot decode.",
            consequence: "The packets were captured and counted, but their time is silence in the audio files and a gap with cause codec-unsupported.",
            cause: "The parties negotiated a codec that has no free decoder here, such as EVS or SILK, or one of them uses more channels than can be handled.",
            action:
                "The time of the packets stays silent at its place; packet counts, loss and jitter are still measured and every other payload type "
                + "of the stream is played.",
            remedy: "Restrict the codecs that the recording client offers, or keep the capture and decode the packets with a tool for that codec.",
            reference: "RFC 3551 section 4.5")
    }
}

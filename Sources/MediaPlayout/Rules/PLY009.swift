package import Evidence

extension Rule {
    package static var ply009: Rule {
        Rule(
            code: "PLY009", title: "Timestamps run at another clock than described", severity: .warning,
            meaning:
                "The steps between RTP timestamps are longer or shorter than the sound in the packets, all in one proportion, and the "
                + "packets arrive at the pace of their sound: the sender counts another clock than its description names.",
            consequence:
                "By the clock described the audio would be stretched or squeezed onto the timeline, with gaps or overlaps at every "
                + "packet.",
            cause:
                "Opus timestamps at 8000 or 16000 instead of 48000, G.722 at 16000 instead of the 8000 that RFC 3551 keeps for history, "
                + "a gateway that changes the codec but not the clock, or an rtpmap line with a wrong rate.",
            action:
                "The clock that the packets show places the stream; the sidecar says which. Where sound and arrivals do not both speak "
                + "against the description, the description stands.",
            remedy: "Correct the clock rate in the session description, or the timestamps of the sender.",
            reference: "RFC 3551 section 4.5.2; RFC 7587 section 4.1; RFC 3550 section 5.1")
    }
}

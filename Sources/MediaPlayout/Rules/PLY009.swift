package import Evidence

extension Rule {
    package static var ply009: Rule {
        Rule(
            code: "PLY009", title: "RTP clock rate differs from SDP", severity: .warning,
            meaning:
                "The steps between RTP timestamps are longer or shorter than the audio in the packets, all by one factor, and the packets arrive at the "
                + "pace of their audio: the sender uses another clock rate than it declares.",
            consequence: "By the declared clock rate the audio would be stretched or compressed, with gaps or overlaps at every packet.",
            cause:
                "Opus timestamps at 8000 or 16000 instead of 48000, G.722 at 16000 instead of the 8000 that RFC 3551 requires, a gateway that changes "
                + "the codec but not the clock, or an rtpmap line with a wrong rate.",
            action:
                "The clock rate that the packets show places the stream; the sidecar gives it. Unless both audio and arrival times contradict the "
                + "declared rate, the declared rate is used.",
            remedy: "Correct the clock rate in SDP, or the timestamps of the sender.",
            reference: "RFC 3551 section 4.5.2; RFC 7587 section 4.1; RFC 3550 section 5.1")
    }
}

package import Evidence

extension Rule {
    package static var ply010: Rule {
        Rule(
            code: "PLY010", title: "Timestamps do not count time", severity: .warning,
            meaning:
                "The RTP timestamps of consecutive audio packets stand still, grow by the bytes of the payload instead of its duration, or are the same "
                + "for several packets at a time.",
            consequence: "Timestamps cannot place this stream, so pauses that only they would show are unknown.",
            cause: "A sender or gateway that forgets to advance the timestamp, or advances it by the payload length.",
            action:
                "Each packet gets the length of its audio: the sequence numbers place the stream from its first arrival on, and lost packets keep their "
                + "time. Packets that share a timestamp are placed one after another. If they differ from the arrival times by seconds, the stream is "
                + "placed again (PLY003).",
            remedy: "Report it to the vendor of the sender.",
            reference: "RFC 3550 section 5.1")
    }
}

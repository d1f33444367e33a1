package import Evidence

extension Rule {
    package static var ply010: Rule {
        Rule(
            code: "PLY010", title: "Timestamps do not count time", severity: .warning,
            meaning:
                "The RTP timestamps of consecutive packets of sound stand still, grow by the octets of the payload instead of by its "
                + "time, or are the same for several packets at a time.",
            consequence: "Timestamps can not place this stream, so pauses that only they would tell are not known.",
            cause: "A sender or a gateway that forgets to advance the timestamp, or advances it by the payload's length.",
            action:
                "Each packet is given the length of its sound: the sequence numbers place the stream from its first arrival on, and "
                + "lost packets keep their time. Packets that share a timestamp stand one behind the other from there on. After a difference of seconds from the arrivals it is placed anew (PLY003).",
            remedy: "Report it to the maker of the sender.",
            reference: "RFC 3550 section 5.1")
    }
}

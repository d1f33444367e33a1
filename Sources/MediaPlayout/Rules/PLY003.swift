package import Evidence

extension Rule {
    package static var ply003: Rule {
        Rule(
            code: "PLY003", title: "RTP timestamps disagree with arrival times", severity: .warning,
            meaning:
                "The time that passed according to RTP timestamps and the time that passed at the capture point differ by more than the network can explain.",
            consequence: "If the timestamps were followed, this participant's audio would be earlier or later than that of the others.",
            cause: "A sender that does not count the time of a hold or mute, a clock rate other than the declared one, or a clock far from its nominal rate.",
            action:
                "The stream is placed again by its arrival times. Packets that were only held up, and catch up sooner or later, keep the position "
                + "that their timestamps give: that is judged over the whole stream.",
            remedy: "Compare the clock rate in SDP with the timestamp step and the packet time; report it to the vendor of the sender.",
            reference: "RFC 3550 section 5.1")
    }
}

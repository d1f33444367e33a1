package import Evidence

extension Rule {
    package static var ply003: Rule {
        Rule(
            code: "PLY003", title: "Timestamps disagree with arrival times", severity: .warning,
            meaning:
                "The time that passed according to the RTP timestamps and the time that passed at the capture point differ by more than the "
                + "network can explain.",
            consequence: "If the timestamps were followed, the audio of this participant would be earlier or later than that of the others.",
            cause:
                "A sender that does not count the time of a hold or mute, a clock rate other than the one described, or a clock that is far from "
                + "its nominal rate.",
            action:
                "The stream is placed anew by its arrival times. Packets that were only delayed and then came in a burst keep the place that their "
                + "timestamps give.",
            remedy:
                "Check the clock rate in the session description against the timestamp step and the packet time; report it to the maker of the "
                + "sender.",
            reference: "RFC 3550 section 5.1")
    }
}

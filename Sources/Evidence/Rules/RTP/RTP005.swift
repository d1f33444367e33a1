extension Rule {
    package static let rtp005 = Rule(
        code: "RTP005", title: "RTP packets lost", severity: .warning,
        meaning: "Sequence numbers are missing between the first and the last packet of a source.",
        consequence:
            "Each missing packet is a gap in the recorded audio. Whether the network or the capture lost it cannot be told from the gap alone; "
            + "receiver reports that claim no loss point to the capture.",
        cause: "Congestion, a probe or mirror port that dropped packets, or a recorder that began late.",
        action: "The gap keeps its true length and is listed; it is filled with silence, or by concealment where that was chosen.",
        remedy: "Compare with the drop counters of the capture and with the receiver reports on the same path.",
        reference: "RFC 3550 appendix A.3")
}

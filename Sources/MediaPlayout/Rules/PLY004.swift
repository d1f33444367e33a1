package import Evidence

extension Rule {
    package static var ply004: Rule {
        Rule(
            code: "PLY004", title: "Late or stray packets left out", severity: .info,
            meaning:
                "Packets arrived after their place in the audio had been given up, or match neither the numbering of the stream nor that of any neighbour.",
            consequence: "Their audio is not in the file: late packets are part of a gap with cause network-loss, and stray packets have no position at all.",
            cause:
                "Paths with very different delays, a retransmission, a capture merged from files whose clocks differ, or a stray sender that uses the "
                + "same ports.",
            action: "They are counted and left out. The audio is not moved for a packet that nothing else supports.",
            remedy: "If the capture was merged from several files, correct their clock offset and run again.",
            reference: "RFC 3550 appendix A.1")
    }
}

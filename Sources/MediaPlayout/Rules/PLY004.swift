package import Evidence

extension Rule {
    package static var ply004: Rule {
        Rule(
            code: "PLY004", title: "Packets left out of the playout", severity: .info,
            meaning:
                "Packets came after their place in the audio had been given up, or fit neither the numbering of the stream nor that of any "
                + "neighbour.",
            consequence:
                "Their sound is not in the audio file: late ones are part of a gap with cause network-loss, and stray ones have no place at all.",
            cause:
                "Paths of very different delay, a retransmission, a capture merged from files whose clocks differ, or a stray sender that uses the "
                + "same ports.",
            action: "They are counted and left out. The audio is not moved for a packet that nothing else supports.",
            remedy: "If the capture was merged from several files, correct their clock offset and run again.",
            reference: "RFC 3550 appendix A.1")
    }
}

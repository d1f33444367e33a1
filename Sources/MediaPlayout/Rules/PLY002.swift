package import Evidence

extension Rule {
    package static var ply002: Rule {
        Rule(
            code: "PLY002", title: "Numbering of a stream began anew", severity: .warning,
            meaning: "Sequence numbers or timestamps of one SSRC jumped to another range and went on from there.",
            consequence:
                "Before and after cannot be joined by the numbers, so packets lost at the joint cannot be counted, and the place of what follows "
                + "rests on its arrival times.",
            cause:
                "The sender or a media gateway restarted its stream without a new SSRC, a transfer or an announcement was spliced in, or two "
                + "senders chose the same SSRC.",
            action:
                "A jump is believed once the packets after it continue from it; then the stream is placed anew by the earliest of their arrival "
                + "times. One packet that fits nowhere changes nothing.",
            remedy:
                "Look at the signalling around the moment for a transfer, hold or failover. A sender that starts a new stream should choose a new "
                + "SSRC.",
            reference: "RFC 3550 sections 5.1, 8 and appendix A.1")
    }
}

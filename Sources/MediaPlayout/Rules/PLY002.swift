package import Evidence

extension Rule {
    package static var ply002: Rule {
        Rule(
            code: "PLY002", title: "Sequence numbers or timestamps restarted", severity: .warning,
            meaning: "Sequence numbers or timestamps of one SSRC jumped to another range and continued from there.",
            consequence:
                "The numbers cannot join the two parts, so packets lost at the jump cannot be counted. Where the timestamps jump, too, the position of what "
                + "follows depends on arrival times.",
            cause:
                "The sender or a media gateway restarted its stream without a new SSRC, a transfer or an announcement was spliced in, or two "
                + "senders chose the same SSRC.",
            action:
                "A jump is accepted once the packets after it continue from it; the stream is then placed by the earliest of their arrival times. Where "
                + "timestamps go on as time does, nothing moves. A single packet that fits nowhere changes nothing.",
            remedy: "Check the signalling around that time for a transfer, hold or failover. A sender that starts a new stream should choose a new SSRC.",
            reference: "RFC 3550 sections 5.1, 8 and appendix A.1")
    }
}

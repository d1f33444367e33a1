package import Evidence

extension Rule {
    package static var ply001: Rule {
        Rule(
            code: "PLY001", title: "Gap due to lost packets", severity: .warning,
            meaning: "Sequence numbers are missing while the timestamp advanced: packets were sent that are not in the capture.",
            consequence:
                "The time of the lost packets is silent in the audio file, at its true position and with its true length. What was said there cannot be "
                + "recovered.",
            cause: "Loss on the network before the capture point, an overloaded mirror port, or a capture process that could not keep up.",
            action:
                "The span is listed as a gap with the number of packets. If Opus packets carry a copy of the lost one, it is filled with what was really "
                + "sent; nothing is concealed.",
            remedy: "Compare with the receiver reports of the call: loss that the receiver did not have happened between the network and the capture.",
            reference: "RFC 3550 sections 5.1 and 6.4.1")
    }
}

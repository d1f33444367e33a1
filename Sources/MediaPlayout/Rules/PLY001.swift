package import Evidence

extension Rule {
    package static var ply001: Rule {
        Rule(
            code: "PLY001", title: "Gap by lost packets", severity: .warning,
            meaning: "Sequence numbers are missing and the timestamp went on: packets were sent that the capture does not hold.",
            consequence:
                "The time of the lost packets is silence in the audio file, at its true place and with its true length; what was said there cannot "
                + "be recovered.",
            cause: "Loss on the network before the capture point, an overloaded mirror port, or a capture process that could not keep up.",
            action:
                "The span is listed as a gap with the number of packets. Opus packets that carry a copy of the lost one fill it with what was "
                + "really sent; nothing is concealed.",
            remedy: "Compare with the receiver reports of the call: loss that the receiver did not have happened between the network and the capture.",
            reference: "RFC 3550 sections 5.1 and 6.4.1")
    }
}

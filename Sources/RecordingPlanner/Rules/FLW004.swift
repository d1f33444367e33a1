package import Evidence

extension Rule {
    package static var flw004: Rule {
        Rule(
            code: "FLW004", title: "Media sent to a port other than the one in SDP", severity: .warning,
            meaning: "Packets go to the host that SDP announced, but to a different port, and nothing comes back from that port.",
            consequence: "The receiver may not hear them: one-way audio, or an empty recording.",
            cause: "A sender that keeps the port of an earlier session description, computes ports itself, or confuses two media lines.",
            action: "The packets are matched by source, time and payload type, and are used.",
            remedy: "Compare the port in the last answer with the destination of the packets; check how the sender handles re-INVITEs.",
            reference: "RFC 3264 section 5.1, RFC 7866 section 8.1.8")
    }
}

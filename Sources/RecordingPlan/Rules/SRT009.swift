package import Evidence

extension Rule {
    package static var srt009: Rule {
        Rule(
            code: "SRT009", title: "Rollover counter found by search", severity: .info,
            meaning:
                "The capture does not contain the beginning of the stream, or a long part of it is missing, so the rollover counter, which is part of "
                + "every packet's index, was unknown.",
            consequence: "None, as long as the packets authenticate; the counter is as certain as the number of packets that agree on it.",
            cause: "A capture that starts in the middle of a call, or a gap of more than 32,768 packets.",
            action: "Counters were tried on several packets, and one was accepted when the packets agreed on it.",
            remedy: "None needed. If the counter is known, set `roc` in a key file.",
            reference: "RFC 3711 section 3.3.1, RFC 3711 section 9.5")
    }
}

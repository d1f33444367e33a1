package import Evidence

extension Rule {
    package static var srt003: Rule {
        Rule(
            code: "SRT003", title: "First sequence number in the upper half", severity: .warning,
            meaning: "The first packet of an SRTP source has a sequence number of 32768 or more.",
            consequence:
                "If packets before it were lost, the number may already have wrapped and the rollover counter be one higher than assumed; then no packet "
                + "authenticates.",
            cause: "A sender that does not follow RFC 4568 section 6.4, or a capture that starts after the call.",
            action: "A rollover counter of zero is assumed; the tag of every packet confirms or refutes it.",
            remedy: "None needed if the packets authenticate. Otherwise, set `roc` in a key file if the counter is known.",
            reference: "RFC 4568 section 6.4, RFC 3711 section 3.3.1")
    }
}

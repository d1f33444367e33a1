package import Evidence

extension Rule {
    package static var srt006: Rule {
        Rule(
            code: "SRT006", title: "Master key identifier unknown", severity: .error,
            meaning: "The master key identifier in the packets names none of the keys that were negotiated, or there is no room for it.",
            consequence: "The key for these packets is not known, so they are not opened.",
            cause:
                "A rekey whose offer is missing, a sender that signals an identifier and leaves it out of the packets, or one that adds it without having "
                + "signalled it.",
            action: "The packets are left out and counted.",
            remedy: "Compare the identifier length in a=crypto with the packets; drop identifiers from the offer if the peer does not handle them.",
            reference: "RFC 3711 section 3.1, RFC 4568 section 6.1")
    }
}

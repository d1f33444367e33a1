package import Evidence

extension Rule {
    package static var srt006: Rule {
        Rule(
            code: "SRT006", title: "Unknown SRTP master key identifier (MKI)", severity: .error,
            meaning: "The master key identifier in the packets matches none of the negotiated keys, or there is no room for it.",
            consequence: "The key for these packets is unknown, so they are not decrypted.",
            cause:
                "A rekey whose offer is missing, a sender that signals an identifier but omits it from the packets, or one that adds an identifier "
                + "without signalling it.",
            action: "The packets are left out and counted.",
            remedy: "Compare the identifier length in a=crypto with the packets; remove identifiers from the offer if the peer does not support them.",
            reference: "RFC 3711 section 3.1, RFC 4568 section 6.1")
    }
}

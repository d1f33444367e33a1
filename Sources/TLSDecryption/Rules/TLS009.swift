package import Evidence

extension Rule {
    package static var tls009: Rule {
        Rule(
            code: "TLS009", title: "TLS record does not authenticate", severity: .warning,
            meaning: "A record of a decrypted connection has a wrong tag.",
            consequence: "Its content is missing.",
            cause: "A damaged packet, or bytes that the capture lost without a trace.",
            action: "The record is skipped; later ones are tried with the following sequence numbers.",
            remedy: "Check the capture for damage and drops.",
            reference: "RFC 8446 section 5.2")
    }
}

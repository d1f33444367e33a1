package import Evidence

extension Rule {
    package static var tls009: Rule {
        Rule(
            code: "TLS009", title: "TLS record does not authenticate", severity: .warning,
            meaning: "A record within a connection that could be opened has a wrong tag.",
            consequence: "Its content is missing.",
            cause: "A damaged packet, or octets that the capture lost without a trace.",
            action: "The record is skipped; later ones are tried under the numbers that follow.",
            remedy: "Check the capture for damage and drops.",
            reference: "RFC 8446 section 5.2")
    }
}

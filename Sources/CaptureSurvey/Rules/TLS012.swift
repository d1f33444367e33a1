package import Evidence

extension Rule {
    package static var tls012: Rule {
        Rule(
            code: "TLS012", title: "Secrets block of a type that is not used", severity: .info,
            meaning: "A capture holds decryption secrets of a kind that is not a TLS key log.",
            consequence: "They are not used.",
            cause: "Secrets for WireGuard, SSH or ZigBee, or a newer type.",
            action: "The block is counted and named.",
            remedy: "None is needed.",
            reference: "draft-ietf-opsawg-pcapng section 4.7")
    }
}

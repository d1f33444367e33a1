package import Evidence

extension Rule {
    package static var tls012: Rule {
        Rule(
            code: "TLS012", title: "Unsupported type of secrets block", severity: .info,
            meaning: "A capture has decryption secrets of a type other than a TLS key log.",
            consequence: "They are not used.",
            cause: "Secrets for WireGuard, SSH or ZigBee, or a newer type.",
            action: "The block is counted and its type reported.",
            remedy: "None needed.",
            reference: "draft-ietf-opsawg-pcapng section 4.7")
    }
}

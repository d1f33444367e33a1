package import Evidence

extension Rule {
    package static var cap011: Rule {
        Rule(
            code: "CAP011", title: "Decryption secrets of a kind that is not used", severity: .warning,
            meaning: "The capture carries a Decryption Secrets Block of another kind than a TLS key log.",
            consequence: "Traffic that only these secrets open stays closed; recordings over TLS or SRTP do not depend on them.",
            cause: "The capture was saved with the secrets of another protocol, such as WireGuard, SSH or ZigBee.",
            action: "The block is kept and named; nothing is decrypted with it.",
            remedy: "None is needed unless the calls ran inside that protocol: then decrypt the tunnel first and capture again.",
            reference: "draft-ietf-opsawg-pcapng section 4.7")
    }
}

package import Evidence

extension Rule {
    package static var cap011: Rule {
        Rule(
            code: "CAP011", title: "Unsupported type of decryption secrets", severity: .warning,
            meaning: "The capture carries a Decryption Secrets Block of a type other than a TLS key log.",
            consequence: "Traffic that only these secrets decrypt stays encrypted. Recordings over TLS or SRTP do not depend on them.",
            cause: "The capture was saved with the secrets of another protocol, such as WireGuard, SSH or ZigBee.",
            action: "The type is reported; nothing is decrypted with it.",
            remedy: "Nothing, unless the calls ran inside that protocol: then decrypt the tunnel first and capture again.",
            reference: "draft-ietf-opsawg-pcapng section 4.7")
    }
}

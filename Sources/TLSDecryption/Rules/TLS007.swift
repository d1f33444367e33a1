package import Evidence

extension Rule {
    package static var tls007: Rule {
        Rule(
            code: "TLS007", title: "Too much TLS data waits for a secret", severity: .warning,
            meaning: "More bytes of a connection waited for a secret than the memory limit allows.",
            consequence: "The waiting data is not decrypted, even if the secret comes later in the capture.",
            cause: "A long transfer over TLS before any secret.",
            action: "The connection is abandoned.",
            remedy: "Supply the key log with `--tls-keylog`, so that it is known from the beginning.",
            reference: "—")
    }
}

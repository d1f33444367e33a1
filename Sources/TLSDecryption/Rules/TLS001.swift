package import Evidence

extension Rule {
    package static var tls001: Rule {
        Rule(
            code: "TLS001", title: "No secret for a TLS connection", severity: .warning,
            meaning: "The handshake of a TLS connection was captured, but no key log, secrets block or private key has the secret for its client random.",
            consequence: "The content stays encrypted: its signalling is missing, and with it calls and media keys.",
            cause: "No key log was written for this process, it was rotated or truncated, or it belongs to another run of the client or server.",
            action: "The records are counted and skipped. Secrets anywhere in the captures are tried too.",
            remedy:
                "Write a key log on either end (SSLKEYLOGFILE or the product's debug option) while capturing, and supply it with `--tls-keylog`; the "
                + "client random is the first number in its lines.",
            reference: "RFC 8446 section 7.1; draft-ietf-tls-keylogfile")
    }
}

package import Evidence

extension Rule {
    package static var tls001: Rule {
        Rule(
            code: "TLS001", title: "TLS connection without its secret", severity: .warning,
            meaning:
                "The handshake of a TLS connection was seen, but no key log, secrets block or private key holds the secret of this client random.",
            consequence: "What the connection carried stays closed: signalling in it is missing, and with it calls and media keys.",
            cause: "No key log was written for this process, it was rotated or cut, or it belongs to another run of the client or server.",
            action: "The records are counted and skipped. Secrets that stand anywhere in the captures are tried too.",
            remedy:
                "Write a key log on either end (SSLKEYLOGFILE or the product's debug option) while capturing, and give it with `--tls-keylog`; the "
                + "client random is the first number in its lines.",
            reference: "RFC 8446 section 7.1; draft-ietf-tls-keylogfile")
    }
}

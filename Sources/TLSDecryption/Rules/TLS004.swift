package import Evidence

extension Rule {
    package static var tls004: Rule {
        Rule(
            code: "TLS004", title: "RSA key does not match", severity: .error,
            meaning: "The connection uses RSA key transport, but none of the given private keys decrypts its premaster secret.",
            consequence: "The connection stays encrypted.",
            cause: "The key of another certificate: the server has several, or renewed its key.",
            action: "Every key was tried and its padding checked; nothing was assumed.",
            remedy: "Supply the private key of the certificate that the server sent in this handshake.",
            reference: "RFC 5246 section 7.4.7.1")
    }
}

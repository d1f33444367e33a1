package import Evidence

extension Rule {
    package static var tls005: Rule {
        Rule(
            code: "TLS005", title: "RSA key cannot decrypt forward secrecy", severity: .warning,
            meaning: "The connection negotiated its secret by an ephemeral exchange (DHE, ECDHE or TLS 1.3), which the server's private key only signed.",
            consequence: "The private key decrypts nothing of it.",
            cause: "Every modern suite has forward secrecy.",
            action: "The connection stays encrypted.",
            remedy: "Use a key log, or restrict the server to TLS_RSA suites of TLS 1.2 while you test.",
            reference: "RFC 5246 appendix F.1.1; RFC 8446 appendix E.1")
    }
}

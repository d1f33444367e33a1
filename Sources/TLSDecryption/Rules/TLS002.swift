package import Evidence

extension Rule {
    package static var tls002: Rule {
        Rule(
            code: "TLS002", title: "TLS secret does not decrypt its connection", severity: .error,
            meaning: "There is a secret for the client random of this connection, but the first record does not authenticate with it.",
            consequence: "Nothing of the connection is used.",
            cause:
                "A damaged or edited key log, a capture and a log of different runs that share a random, or a proxy that changed the handshake.",
            action: "No byte is delivered, because nothing proves that it would be right.",
            remedy: "Get the key log again from the end that owns the connection, and compare the client random digit by digit.",
            reference: "RFC 5246 section 6.2.3; RFC 8446 section 5.2")
    }
}

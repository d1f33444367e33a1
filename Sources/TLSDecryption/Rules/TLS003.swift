package import Evidence

extension Rule {
    package static var tls003: Rule {
        Rule(
            code: "TLS003", title: "TLS connection without its handshake", severity: .warning,
            meaning: "The capture begins after the handshake of this connection, or its Hello messages were lost.",
            consequence: "Without the client random no secret can be selected, so the records stay encrypted although a key log may have it.",
            cause: "SIP over TLS keeps connections open for days: a capture that starts during one never sees its handshake.",
            action: "The records are counted and skipped.",
            remedy: "Start the capture before the connection, or make the client reconnect (restart, re-register) while capturing.",
            reference: "RFC 8446 section 4.1")
    }
}

package import Evidence

extension Rule {
    package static var tls003: Rule {
        Rule(
            code: "TLS003", title: "TLS connection without its handshake", severity: .warning,
            meaning: "The capture begins after the handshake of this connection, or its Hello messages were lost.",
            consequence: "No secret can be chosen without the client's random, so that the records stay closed although a key log may hold it.",
            cause: "SIP over TLS keeps connections open for days: a capture that is started during one never sees its handshake.",
            action: "The records are counted and skipped.",
            remedy: "Start the capture before the connection, or make the client connect again (restart, re-register) while capturing.",
            reference: "RFC 8446 section 4.1")
    }
}

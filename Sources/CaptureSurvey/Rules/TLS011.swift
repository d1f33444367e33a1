package import Evidence

extension Rule {
    package static var tls011: Rule {
        Rule(
            code: "TLS011", title: "Key log that belongs to no connection", severity: .warning,
            meaning: "None of the client randoms in a key log occurs in the captures.",
            consequence: "It opened nothing.",
            cause: "A log of another run or of another process.",
            action: "It was compared with every TLS and DTLS handshake that was seen.",
            remedy: "Take the log of the process that made these connections, while capturing.",
            reference: "draft-ietf-tls-keylogfile")
    }
}

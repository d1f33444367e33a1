package import Evidence

extension Rule {
    package static var tls011: Rule {
        Rule(
            code: "TLS011", title: "Key log matches no connection", severity: .warning,
            meaning: "None of the client randoms in a key log occurs in the captures.",
            consequence: "It decrypted nothing.",
            cause: "A log of another run or of another process.",
            action: "It was compared with every TLS and DTLS handshake seen.",
            remedy: "Use the log that the process wrote while these connections were captured.",
            reference: "draft-ietf-tls-keylogfile")
    }
}

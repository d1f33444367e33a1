package import Evidence

extension Rule {
    package static var net008: Rule {
        Rule(
            code: "NET008", title: "Encrypted connection not decrypted", severity: .info,
            meaning: "A TCP connection carries TLS, and no secret was supplied to decrypt it. The message gives its version, cipher suite and client random.",
            consequence: "If it carried SIP, its dialogs are missing, and with them the keys and the description of media in the capture.",
            cause: "SIP over TLS or secure WebSocket without a key log, or web traffic that has nothing to do with telephony.",
            action: "The bytes are counted and not used.",
            remedy: "Supply the key log of a client or server (SSLKEYLOGFILE) with a line for this client random, or capture behind the point where TLS ends.",
            reference: "RFC 8446 section 5; RFC 3261 section 26.2.1")
    }
}

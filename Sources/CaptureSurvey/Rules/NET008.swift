package import Evidence

extension Rule {
    package static var net008: Rule {
        Rule(
            code: "NET008", title: "Encrypted connection not opened", severity: .info,
            meaning: "A TCP connection carries TLS, and no secret was given to open it with. Its version, suite and client random are named.",
            consequence: "If it carried SIP, its dialogs are missing, and with them the keys and the meaning of media that is in the capture.",
            cause: "SIP over TLS or secure WebSocket without a key log, or web traffic that has nothing to do with telephony.",
            action: "The octets are counted and not used.",
            remedy:
                "Hand in the key log of a client or server (SSLKEYLOGFILE) that has a line with the client random named here, "
                + "or capture behind the point where TLS ends.",
            reference: "RFC 8446 section 5; RFC 3261 section 26.2.1")
    }
}

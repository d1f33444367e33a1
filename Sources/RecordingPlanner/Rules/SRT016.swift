package import Evidence

extension Rule {
    package static var srt016: Rule {
        Rule(
            code: "SRT016", title: "Keys negotiated by ZRTP", severity: .info,
            meaning: "The two ends negotiate keys in the media path by a Diffie-Hellman exchange.",
            consequence: "Only the two ends can compute the keys: packets after the exchange can be decrypted only with keys from a key file.",
            cause: "A client with ZRTP, such as Linphone or Jitsi.",
            action:
                "Packets before the exchange are read as plain RTP. Later ones are decrypted if a key in a key file authenticates them, and reported as "
                + "`no-key` otherwise.",
            remedy: "Supply the SRTP master keys of the clients in a key file.",
            reference: "RFC 6189")
    }
}

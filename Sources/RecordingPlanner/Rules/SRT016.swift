package import Evidence

extension Rule {
    package static var srt016: Rule {
        Rule(
            code: "SRT016", title: "Keys agreed by ZRTP", severity: .info,
            meaning: "The two ends agree on keys in the media path by a Diffie-Hellman exchange.",
            consequence: "Nobody but the two ends can compute the keys: packets after the agreement open only with keys from a key file.",
            cause: "A client with ZRTP, such as Linphone or Jitsi.",
            action:
                "Packets before the agreement are taken as plain RTP. Later ones are opened where a key of a key file authenticates them, and "
                + "are told as `no-key` otherwise.",
            remedy: "Supply the SRTP master keys of the clients in a key file.",
            reference: "RFC 6189")
    }
}

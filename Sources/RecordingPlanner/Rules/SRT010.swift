package import Evidence

extension Rule {
    package static var srt010: Rule {
        Rule(
            code: "SRT010", title: "Stream decrypted with a key from elsewhere", severity: .info,
            meaning: "The stream's own signalling has no matching key, but a key from a key file or another dialog authenticates its packets.",
            consequence: "The audio is recovered. The packets' authentication tags prove that the key is right.",
            cause:
                "A recording client that replicates the packets of the communication session unchanged, a key file, or signalling that was "
                + "not captured.",
            action: "All known keys were tried on a few packets of the stream; the one that authenticates them is used, and the match reasons name it.",
            remedy: "None needed.",
            reference: "RFC 3711 section 4.2, RFC 7866 section 12.2")
    }
}

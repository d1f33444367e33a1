package import Evidence

extension Rule {
    package static var srt010: Rule {
        Rule(
            code: "SRT010", title: "Key from elsewhere opens the stream", severity: .info,
            meaning:
                "The stream's own signalling has no key that fits, and a key from a key file or from another dialog authenticates its "
                + "packets.",
            consequence: "The audio is recovered. That the key fits is proven by the packets' authentication tags.",
            cause:
                "A recording client that replicates the packets of the communication session unchanged, a key file, or signalling that was "
                + "not captured.",
            action:
                "Keys at hand were tried on a few packets of the stream; the one that authenticates them is used, and the match's reasons "
                + "name it.",
            remedy: "None needed.",
            reference: "RFC 3711 section 4.2, RFC 7866 section 12.2")
    }
}

package import Evidence

extension Rule {
    package static var cap002: Rule {
        Rule(
            code: "CAP002", title: "Impossible length in the capture file", severity: .error,
            meaning: """
                A record or block header holds a length that can not be true: too small, too large, not a multiple of four, or contradicting itself.
                """,
            consequence: "What follows can not be located with certainty, so frames after this place may be missing from every recording.",
            cause: """
                The file was damaged by a transfer in text mode, by a bad disk or by joining files byte by byte; rarely the writing program is at fault.
                """,
            action: """
                Frames before the damage are used. Reading goes on at the next place where records follow one another; the message says which octets are passed over.
                """,
            remedy: "Fetch the file again from where it was captured. Join captures with a tool that knows the format, such as mergecap.",
            reference: "draft-ietf-opsawg-pcap section 5; draft-ietf-opsawg-pcapng section 3.1")
    }
}

package import Evidence

extension Rule {
    package static var cap002: Rule {
        Rule(
            code: "CAP002", title: "Impossible length in the capture file", severity: .error,
            meaning: "A record or block header holds an impossible length: too small, too large, not a multiple of four, or self-contradictory.",
            consequence: "The start of the next record is uncertain, so frames after this point may be missing from every recording.",
            cause: "The file was damaged by a text-mode transfer, a bad disk or byte-wise concatenation. Rarely the program that wrote it is at fault.",
            action: "Frames before the damage are used. Reading resumes at the next run of consecutive records; the message says which bytes are skipped.",
            remedy: "Fetch the file again from its source. Join captures with a tool that knows the format, such as mergecap.",
            reference: "draft-ietf-opsawg-pcap section 5; draft-ietf-opsawg-pcapng section 3.1")
    }
}

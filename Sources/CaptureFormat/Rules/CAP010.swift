package import Evidence

extension Rule {
    package static var cap010: Rule {
        Rule(
            code: "CAP010", title: "Capture holds more than is kept", severity: .warning,
            meaning: "The file declares more interfaces or carries more octets of decryption secrets than siprecap keeps for one file.",
            consequence: "Frames of the further interfaces, or streams that need the further keys, can not be read.",
            cause: "A damaged or deliberately made file; no ordinary capture comes near these bounds.",
            action: "What came first is kept, the rest is not.",
            remedy: "Split the capture into smaller files.",
            reference: "draft-ietf-opsawg-pcapng sections 4.2 and 4.7")
    }
}

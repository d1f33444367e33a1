package import Evidence

extension Rule {
    package static var cap010: Rule {
        Rule(
            code: "CAP010", title: "Capture exceeds a limit", severity: .warning,
            meaning: "The file declares more interfaces or carries more bytes of decryption secrets than siprecap keeps per file.",
            consequence: "Frames of the additional interfaces, or streams that need the additional keys, cannot be read.",
            cause: "A damaged or crafted file; ordinary captures stay far below these limits.",
            action: "Everything up to the limit is kept, the rest is not.",
            remedy: "Split the capture into smaller files.",
            reference: "draft-ietf-opsawg-pcapng sections 4.2 and 4.7")
    }
}

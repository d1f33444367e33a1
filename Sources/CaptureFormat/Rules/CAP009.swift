package import Evidence

extension Rule {
    package static var cap009: Rule {
        Rule(
            code: "CAP009", title: "Unknown version of the capture format", severity: .warning,
            meaning: "The file or section header has a format version that was never published.",
            consequence: "Fields may be laid out differently: the times and lengths that follow may be wrong.",
            cause: "The header is damaged, or the file was written by an experimental or very old program.",
            action: "The file is read as if it had the current version.",
            remedy: "Convert the file with the program that wrote it.",
            reference: "draft-ietf-opsawg-pcap section 4; draft-ietf-opsawg-pcapng section 4.1")
    }
}

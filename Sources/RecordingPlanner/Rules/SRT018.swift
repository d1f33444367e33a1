package import Evidence

extension Rule {
    package static var srt018: Rule {
        Rule(
            code: "SRT018", title: "Key file readable by others", severity: .warning,
            meaning: "Users other than the owner may read the key file.",
            consequence: "Whoever reads it can decrypt the calls.",
            cause: "A file created with default permissions.",
            action: "The file is used.",
            remedy: "Run `chmod 600` on the file, and keep keys separate from the captures that they decrypt.",
            reference: "RFC 3711 section 9.1")
    }
}

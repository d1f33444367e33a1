package import Evidence

extension Rule {
    package static var tls010: Rule {
        Rule(
            code: "TLS010", title: "Key log lines that cannot be read", severity: .warning,
            meaning: "Lines of a key log are not a label, a random and a secret in hexadecimal.",
            consequence: "Their connections stay closed.",
            cause: "A log that was cut, edited, wrapped by an editor, or is another kind of file.",
            action: "The lines are counted and skipped; all others are used.",
            remedy: "Give the file as the program wrote it.",
            reference: "draft-ietf-tls-keylogfile")
    }
}

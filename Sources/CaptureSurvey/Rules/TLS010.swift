package import Evidence

extension Rule {
    package static var tls010: Rule {
        Rule(
            code: "TLS010", title: "Unreadable key log lines", severity: .warning,
            meaning: "Lines of a key log do not consist of a label, a random and a secret in hexadecimal.",
            consequence: "The connections of these lines stay encrypted.",
            cause: "A log that was truncated, edited or wrapped by an editor, or another kind of file.",
            action: "The lines are counted and skipped; all others are used.",
            remedy: "Supply the file as the program wrote it.",
            reference: "draft-ietf-tls-keylogfile")
    }
}

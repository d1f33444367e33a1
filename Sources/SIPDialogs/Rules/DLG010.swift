package import Evidence

extension Rule {
    /// Dialog limit reached.
    package static var dlg010: Rule {
        Rule(
            code: "DLG010", title: "Dialog limit reached", severity: .warning,
            meaning: "The capture has more dialogs, or more messages in one dialog, than the limit allows.",
            consequence: "Messages beyond the limit were not read, so media negotiated there is unknown.",
            cause: "A very large or hostile capture.",
            action: "Everything up to the limit is kept; the rest is left out.",
            remedy: "Split the capture by time, or raise the limit.",
            reference: "RFC 3261 section 12")
    }
}

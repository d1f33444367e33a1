package import Evidence

extension Rule {
    /// Bound of the dialog table reached.
    package static var dlg010: Rule {
        Rule(
            code: "DLG010", title: "Bound of the dialog table reached", severity: .warning,
            meaning: "More dialogs, or more messages in one dialog, were seen than the stated bound allows.",
            consequence: "Messages beyond the bound were not read, so media negotiated there is not known.",
            cause: "A very large or hostile capture.",
            action: "What came first is kept; the rest is left out.",
            remedy: "Split the capture by time, or raise the bound.",
            reference: "RFC 3261 section 12")
    }
}

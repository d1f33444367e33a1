package import Evidence

extension Rule {
    /// Dialog starts before the capture.
    package static var dlg004: Rule {
        Rule(
            code: "DLG004", title: "Dialog starts before the capture", severity: .info,
            meaning: "The first captured message of the dialog is an in-dialog message; its INVITE was not captured.",
            consequence: "Earlier negotiation, such as addresses, codecs, keys and metadata, is unknown.",
            cause: "The capture began during the call.",
            action: "The dialog is built from what follows; everything else stays unknown.",
            remedy: "Start capturing before the call, or add the earlier capture file as another input.",
            reference: "RFC 3261 section 12")
    }
}

package import Evidence

extension Rule {
    /// Dialog starts before the capture.
    package static var dlg004: Rule {
        Rule(
            code: "DLG004", title: "Dialog starts before the capture", severity: .info,
            meaning: "The first message of the dialog in the capture belongs inside a dialog; its INVITE was not captured.",
            consequence: "What was negotiated earlier, such as addresses, codecs, keys and metadata, is not known.",
            cause: "The capture began while the call was going on.",
            action: "The dialog is built from what follows; unknown things stay unknown.",
            remedy: "Start capturing before the call, or add the earlier capture file as another input.",
            reference: "RFC 3261 section 12")
    }
}

package import Evidence

extension Rule {
    /// Answer never seen.
    package static var dlg009: Rule {
        Rule(
            code: "DLG009", title: "Answer never seen", severity: .warning,
            meaning: "An offer was made and neither an answer nor a refusal to it is in the capture.",
            consequence: "The receiver's address, codecs and key are not known for this offer.",
            cause: "One direction of the signalling was not captured, or the capture ended.",
            action: "The offer alone is used to recognise media, with lower confidence.",
            remedy: "Capture both directions of the signalling.",
            reference: "RFC 3264 section 4")
    }
}

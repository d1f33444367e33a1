package import Evidence

extension Rule {
    /// Offer without an answer.
    package static var dlg009: Rule {
        Rule(
            code: "DLG009", title: "Offer without an answer", severity: .warning,
            meaning: "The capture contains an offer, but neither an answer nor a rejection.",
            consequence: "The receiver's address, codecs and key for this offer are unknown.",
            cause: "One direction of the signalling was not captured, or the capture ended.",
            action: "The offer alone is used to match media, with lower confidence.",
            remedy: "Capture both directions of the signalling.",
            reference: "RFC 3264 section 4")
    }
}

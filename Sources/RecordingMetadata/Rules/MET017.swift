package import Evidence

extension Rule {
    /// No association of participants with streams.
    package static var met017: Rule {
        Rule(
            code: "MET017", title: "No association of participants with streams", severity: .warning,
            meaning: "A complete document describes participants and streams but says for no participant what it sends.",
            consequence: "Who speaks in which stream is not stated; tracks can only be attributed by order.",
            cause: "Recording clients with reduced metadata, or media that was not negotiated yet when the document was sent.",
            action: "siprecap leaves the sender of each stream open. Matching may propose one by position, with low confidence.",
            remedy: "Send a participantstreamassoc with send and recv for every active participant.",
            reference: "RFC 7865 section 6.8.1")
    }
}

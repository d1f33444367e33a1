package import Evidence

extension Rule {
    /// Participants not associated with streams.
    package static var met017: Rule {
        Rule(
            code: "MET017", title: "Participants not associated with streams", severity: .warning,
            meaning: "A complete document describes participants and streams, but does not say what any participant sends.",
            consequence: "It is not stated who speaks in which stream; tracks can only be attributed by order.",
            cause: "Recording clients with reduced metadata, or media that was not yet negotiated when the document was sent.",
            action: "The sender of each stream is left open. Matching may propose one by position, with low confidence.",
            remedy: "Send a participantstreamassoc with send and recv for every active participant.",
            reference: "RFC 7865 section 6.8.1")
    }
}

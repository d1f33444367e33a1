package import Evidence

extension Rule {
    /// Stream of the metadata without media.
    package static var rec036: Rule {
        Rule(
            code: "REC036", title: "Stream points to a rejected media line", severity: .info,
            meaning: "A metadata stream has the label of a media line with port 0.",
            consequence: "The stream is listed but not delivered, so there is no audio for it.",
            cause: "Recorders that accept fewer streams than were offered; metadata that lists streams which are not recorded.",
            action: "The participant has no audio from this stream.",
            remedy: "None needed if intended.",
            reference: "RFC 7865 section 6.7.1")
    }
}

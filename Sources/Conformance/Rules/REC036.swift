package import Evidence

extension Rule {
    /// Stream of the metadata without media.
    package static var rec036: Rule {
        Rule(
            code: "REC036", title: "Stream points to a rejected media line", severity: .info,
            meaning: "A stream of the metadata has the label of a media line with port 0.",
            consequence: "The stream is listed and not delivered; no audio of it can be expected.",
            cause: "Recorders that accept fewer streams than were offered; a model that lists streams not recorded.",
            action: "The participant has no audio of this stream.",
            remedy: "None, where it is meant.",
            reference: "RFC 7865 section 6.7.1")
    }
}

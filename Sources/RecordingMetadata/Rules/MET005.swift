package import Evidence

extension Rule {
    /// Metadata element without an identifier.
    package static var met005: Rule {
        Rule(
            code: "MET005", title: "Metadata element without an identifier", severity: .error,
            meaning: "The identifier of a group, session, participant, stream or association is missing or empty.",
            consequence: "The element cannot be related to others: a stream without an identifier has no known sender.",
            cause: "Placeholders sent before the called party is known (for example an empty stream_id), or attribute names from a draft.",
            action: "The element is kept in the document but left out of the timeline.",
            remedy: "Send the element only when its identifier is known, in a later document.",
            reference: "RFC 7865 section 9")
    }
}

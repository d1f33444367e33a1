package import Evidence

extension Rule {
    /// Metadata element without its identifier.
    package static var met005: Rule {
        Rule(
            code: "MET005", title: "Metadata element without its identifier", severity: .error,
            meaning: "A group, session, participant, stream or association lacks the identifier that ties it to the others, or it is empty.",
            consequence: "The element cannot be joined with anything: a stream without identifier has no known sender.",
            cause: "Placeholders sent before the called party is known (an empty stream_id, for example), or attribute names of a draft.",
            action: "siprecap keeps the element in the document but leaves it out of the timeline.",
            remedy: "Send the element only when its identifier is known, and update with a later document.",
            reference: "RFC 7865 section 9")
    }
}

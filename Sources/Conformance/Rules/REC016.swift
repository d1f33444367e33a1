package import Evidence

extension Rule {
    /// Media lines disappear.
    package static var rec016: Rule {
        Rule(
            code: "REC016", title: "Media lines disappear", severity: .error,
            meaning: "A later description has fewer media lines than one before it; lines can only be disabled by port 0.",
            consequence: "Lines are told apart by their number: streams after the missing one go to the wrong participant.",
            cause: "The sender builds each offer from the streams that are live.",
            action: "Lines are matched by their number, as the RFC wants; check the participants of later streams.",
            remedy: "Keep every line and set its port to 0.",
            reference: "RFC 3264 section 8")
    }
}

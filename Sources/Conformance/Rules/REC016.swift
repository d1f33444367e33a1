package import Evidence

extension Rule {
    /// Media lines removed from SDP.
    package static var rec016: Rule {
        Rule(
            code: "REC016", title: "Media lines removed from SDP", severity: .error,
            meaning: "A session description has fewer media lines than an earlier one; lines can only be disabled with port 0.",
            consequence: "Lines are identified by their number: streams after the missing one are attributed to the wrong participant.",
            cause: "The sender builds each offer from the active streams.",
            action: "Lines are matched by number, as the RFC requires; check the participants of later streams.",
            remedy: "Keep every line and set its port to 0.",
            reference: "RFC 3264 section 8")
    }
}

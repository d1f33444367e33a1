package import Evidence

extension Rule {
    /// Answer has another number of media lines than its offer.
    package static var sdp108: Rule {
        Rule(
            code: "SDP108", title: "Answer has another number of media lines than its offer", severity: .error,
            meaning: "An answer must have one media line for each line of the offer, in the same order.",
            consequence: "Without the lines that are missing it is not known where those streams went or whether they were accepted.",
            cause: "An answerer that drops streams which it does not want instead of setting their port to zero.",
            action: "Lines are paired by order; offered lines without a counterpart have no known receiver.",
            remedy: "Answer every media line and refuse with port 0.",
            reference: "RFC 3264 section 6")
    }
}

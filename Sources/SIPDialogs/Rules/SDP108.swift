package import Evidence

extension Rule {
    /// Answer has a different number of media lines than the offer.
    package static var sdp108: Rule {
        Rule(
            code: "SDP108", title: "Answer has a different number of media lines than the offer", severity: .error,
            meaning: "An answer must have one media line for each line of the offer, in the same order; this one does not.",
            consequence: "Without the missing lines, it is unknown whether those streams were accepted and where they went.",
            cause: "An answerer that drops unwanted streams instead of setting their port to zero.",
            action: "Lines are paired by order; offered lines without a counterpart have no known receiver.",
            remedy: "Answer every media line and reject lines with port 0.",
            reference: "RFC 3264 section 6")
    }
}

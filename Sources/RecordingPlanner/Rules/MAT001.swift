package import Evidence

extension Rule {
    /// Flow matched on weak evidence (RFC 3264 section 5.1; RFC 4961).
    package static var mat001: Rule {
        Rule(
            code: "MAT001", title: "Flow matched on weak evidence", severity: .warning,
            meaning: "An RTP flow was matched to a negotiated stream although neither side's address and port agree completely.",
            consequence: "The audio is used, but it may belong to another call. The sidecar lists the reasons and the confidence.",
            cause:
                "Network address translation between the capture point and one side, a media relay that is not in the signalling, or SDP rewritten in transit.",
            action: "Matched to the best candidate, with low confidence; the reasons are kept.",
            remedy: "Capture on the side where addresses agree with SDP, or select the stream with --ssrc and check the reasons in recording.json.",
            reference: "RFC 3264 section 5.1; RFC 4961")
    }
}

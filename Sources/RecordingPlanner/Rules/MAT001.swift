package import Evidence

extension Rule {
    /// Flow matched on weak evidence (RFC 3264 section 5.1; RFC 4961).
    package static var mat001: Rule {
        Rule(
            code: "MAT001", title: "Flow matched on weak evidence", severity: .warning,
            meaning: "An RTP flow was joined with a negotiated stream although address or port of neither side agree fully.",
            consequence: "The audio is used, but it may belong to another call; the sidecar lists the reasons and the confidence.",
            cause:
                "Network address translation between the capture point and one side, a media relay that is not in the signalling, or SDP rewritten on the way.",
            action: "Joined with the best candidate, confidence low, reasons kept.",
            remedy: "Capture on the side where addresses agree with SDP, or name the stream with --ssrc and look at the reasons in recording.json.",
            reference: "RFC 3264 section 5.1; RFC 4961")
    }
}

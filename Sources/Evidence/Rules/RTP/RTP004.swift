extension Rule {
    package static let rtp004 = Rule(
        code: "RTP004", title: "Sequence restarted under the same SSRC", severity: .warning,
        meaning: "Sequence numbers jumped to an unrelated value while the SSRC stayed.",
        consequence: "Loss can no longer be told from the restart, and an SRTP rollover counter may be wrong from here on.",
        cause:
            "A sender that re-initialized its stream after a re-INVITE or hold without choosing a new SSRC; often a session border controller that "
            + "keeps the SSRC over two legs.",
        action: "The stream is split at the jump and joined again by capture time; the jump is not counted as loss.",
        remedy: "Ask the sender's maker to change the SSRC with the sequence.",
        reference: "RFC 3550 sections 5.1 and 8.2, appendix A.1")
}

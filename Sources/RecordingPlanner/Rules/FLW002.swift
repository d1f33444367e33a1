package import Evidence

extension Rule {
    /// Media after the end of the dialog (RFC 3261 section 15).
    package static var flw002: Rule {
        Rule(
            code: "FLW002", title: "Media continues after BYE", severity: .warning,
            meaning: "RTP of a stream continues for more than a second after the BYE.",
            consequence: "The recording includes what was said after the call ended in the signalling.",
            cause: "The clocks of two captures differ, the BYE was lost and retransmitted, or the sender does not stop.",
            action: "The media is kept.",
            remedy: "Check the sender's handling of BYE; compare the clocks of the capture points.",
            reference: "RFC 3261 section 15")
    }
}

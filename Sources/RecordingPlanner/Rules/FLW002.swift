package import Evidence

extension Rule {
    /// Media after the end of the dialog (RFC 3261 section 15).
    package static var flw002: Rule {
        Rule(
            code: "FLW002", title: "Media after the end of the dialog", severity: .warning,
            meaning: "RTP of a stream goes on for more than a second after the BYE.",
            consequence: "What was said then is in the recording although signalling says it was over.",
            cause: "Clocks of two captures differ, BYE was lost and repeated, or the sender does not stop.",
            action: "The media is kept.",
            remedy: "Check the sender's handling of BYE; compare the clocks of the capture points.",
            reference: "RFC 3261 section 15")
    }
}

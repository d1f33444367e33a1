package import Evidence

extension Rule {
    /// Video refresh asked by INFO.
    package static var rec040: Rule {
        Rule(
            code: "REC040", title: "Video refresh by INFO", severity: .info,
            meaning: "A picture refresh is asked for by INFO with media_control in the recording session.",
            consequence: "The request may reach a client that only understands RTCP feedback.",
            cause: "Older recorders.",
            action: "siprecap reports it and goes on.",
            remedy: "Use FIR (RFC 5104) or PLI (RFC 4585).",
            reference: "RFC 7866 section 8.1.7.1")
    }
}

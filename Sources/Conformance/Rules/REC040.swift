package import Evidence

extension Rule {
    /// Video refresh asked by INFO.
    package static var rec040: Rule {
        Rule(
            code: "REC040", title: "picture_fast_update request by SIP INFO", severity: .info,
            meaning: "The recording session requests a video refresh by INFO with media_control (picture_fast_update).",
            consequence: "The request may reach a client that only supports RTCP feedback.",
            cause: "Older recorders.",
            action: "The request is reported; nothing else follows.",
            remedy: "Use FIR (RFC 5104) or PLI (RFC 4585).",
            reference: "RFC 7866 section 8.1.7.1")
    }
}

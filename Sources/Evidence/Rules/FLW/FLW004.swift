extension Rule {
    /// Recording session refused (RFC 7866 section 6.1.1; RFC 3261 section 21).
    package static let flw004 = Rule(
        code: "FLW004", title: "Recording session refused", severity: .error,
        meaning: "The INVITE of a recording session got a final answer that is not 2xx.",
        consequence: "The call was not recorded by this recorder; there is no media to recover here.",
        cause: "Recorder full or in maintenance, codec or SRTP not acceptable, metadata type not supported, or the target is no recorder (420).",
        action: "Reported; a later attempt with the same Call-ID or session is followed.",
        remedy: "See the status in the message, and look for a second INVITE to another recorder.",
        reference: "RFC 7866 section 6.1.1; RFC 3261 section 21")
}

package import Evidence

extension Rule {
    /// Session that outlives its timer.
    package static var rec033: Rule {
        Rule(
            code: "REC033", title: "Session timer expired", severity: .warning,
            meaning: "A session interval was negotiated and passed without a refresh, and the session continued.",
            consequence: "A proxy or the peer may consider the session dead and stop the recording.",
            cause: "Refreshes that are lost or sent to the wrong address; clients that negotiate a timer but do not run it.",
            action: "The recording continues to the last packet.",
            remedy: "Refresh the session by UPDATE or re-INVITE at half the interval.",
            reference: "RFC 4028 sections 9 and 10")
    }
}

package import Evidence

extension Rule {
    /// Session that outlives its timer.
    package static var rec033: Rule {
        Rule(
            code: "REC033", title: "Session timer ran out", severity: .warning,
            meaning: "A session interval was agreed and passed without a refresh, and the session went on.",
            consequence: "A proxy or the peer may take the session for dead and stop the recording.",
            cause: "Refreshes that are lost, or sent to the wrong address; clients that state a timer and do not run it.",
            action: "siprecap goes on to the last packet.",
            remedy: "Refresh the session by UPDATE or re-INVITE at half of the interval.",
            reference: "RFC 4028 sections 9 and 10")
    }
}

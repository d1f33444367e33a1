package import Evidence

extension Rule {
    package static var srt019: Rule {
        Rule(
            code: "SRT019", title: "DTLS fingerprint does not match SDP", severity: .error,
            meaning: "The certificate of the DTLS handshake has another fingerprint than `a=fingerprint` announced, or none was announced.",
            consequence: "The media may have been exchanged with somebody other than the signalled party.",
            cause: "A session border controller that terminates DTLS but keeps the fingerprint, or an interception.",
            action: "The media is recovered anyway; the recording lists the finding.",
            remedy: "Find out which element uses that certificate.",
            reference: "RFC 8122 section 5, RFC 5763 section 5")
    }
}

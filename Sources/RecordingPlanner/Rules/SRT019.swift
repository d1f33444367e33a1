package import Evidence

extension Rule {
    package static var srt019: Rule {
        Rule(
            code: "SRT019", title: "DTLS certificate does not match the signalling", severity: .error,
            meaning:
                "The certificate of the DTLS handshake has another fingerprint than `a=fingerprint` announced, or none that was announced.",
            consequence: "The media may have been exchanged with somebody who is not the party of the signalling.",
            cause: "A session border controller that ends DTLS but leaves the fingerprint, or an interception.",
            action: "The media is recovered all the same; the finding stands in the recording.",
            remedy: "Find out which element holds that certificate.",
            reference: "RFC 8122 section 5, RFC 5763 section 5")
    }
}

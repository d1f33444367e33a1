package import Evidence

extension Rule {
    package static var srt002: Rule {
        Rule(
            code: "SRT002", title: "No key for an encrypted stream", severity: .error,
            meaning: "The stream was negotiated as SRTP, but no key for it is known.",
            consequence: "Its audio cannot be recovered from this capture.",
            cause: "Signalling over TLS without its secrets, a DTLS-SRTP handshake without a key log, or an offer missing from the capture.",
            action: "Times, counts and the reason are kept; no audio is written for the stream.",
            remedy: "Supply a TLS key log, or a capture taken where the signalling is readable.",
            reference: "RFC 4568 section 6.1, RFC 5764 section 4.2, RFC 7866 section 12.2")
    }
}

package import Evidence

extension Rule {
    /// Secure media line without a key.
    package static var sdp104: Rule {
        Rule(
            code: "SDP104", title: "Secure media line without a key", severity: .error,
            meaning: "A media line uses a secure profile such as RTP/SAVP, but has no a=crypto, no fingerprint and no other keying.",
            consequence: "The media cannot be decrypted from this signalling.",
            cause: "Key lines removed before the capture was shared, or keying outside the session description.",
            action: "The packets are followed and counted, and the stream is reported as not decrypted unless a key comes from elsewhere.",
            remedy: "Capture the signalling unredacted, or supply the keys separately.",
            reference: "RFC 4568 section 5 and RFC 3711")
    }
}

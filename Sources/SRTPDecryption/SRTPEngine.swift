/// Which implementation opens packets.
package enum SRTPEngine: String, CaseIterable, Sendable {
    /// The transform of this module on libcrypto, cross-checked by libsrtp2.
    case libcrypto
    /// libsrtp2 alone.
    case libsrtp2
}

/// What became of one SRTP packet.
package enum SRTPOutcome: Equatable, Sendable {
    /// Authentic; the output holds `count` octets of payload in clear, RTP padding included.
    case opened(count: Int)
    /// A copy of a packet that was opened before; the output is empty.
    case duplicate
    /// No key authenticates it, or the two implementations disagree about it; the output is empty.
    case failed
    /// Too short for any of the keys' tags, or of another SSRC; the output is empty.
    case malformed
}

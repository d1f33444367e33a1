package import Evidence
package import SRTPDecryption
package import TLSDecryption

/// What one DTLS-SRTP handshake yielded (RFC 5764), in the form that the plan uses.
package struct DTLSKeys: Sendable {
    /// From the DTLS client to the server.
    package let path: NetworkPath
    /// When the handshake was complete; packets from here on may be protected.
    package let time: CaptureTime
    /// Protects what the DTLS client sends.
    package let client: SRTPMasterKey
    /// Protects what the DTLS server sends.
    package let server: SRTPMasterKey
    /// Where the secret was read that opened the handshake.
    package let source: TLSSecretSource

    package init(path: NetworkPath, time: CaptureTime, client: SRTPMasterKey, server: SRTPMasterKey, source: TLSSecretSource) {
        self.source = source
        self.path = path
        self.time = time
        self.client = client
        self.server = server
    }
}

/// What was seen of ZRTP on one path (RFC 6189).
package struct ZRTPSummary: Sendable {
    package let first: Origin
    package var packets = 0
    /// When the key agreement was confirmed (Conf2ACK, section 5.8): media is encrypted from here on.
    package var confirmed: CaptureTime?
}

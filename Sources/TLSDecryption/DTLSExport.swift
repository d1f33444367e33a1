package import Evidence

/// What one DTLS handshake agreed for SRTP (RFC 5764 section 4.2).
package struct DTLSExport: Sendable {
    /// From the DTLS client to the server, who is `passive` in SDP.
    package let path: NetworkPath
    /// When the server's Hello was captured: packets from here on can be under these keys.
    package let time: CaptureTime
    package let origin: Origin
    /// The profile as SDP names the same suite, such as `AES_CM_128_HMAC_SHA1_80`.
    package let suite: String
    /// Several candidates, one of which is right, when the choice of profile was encrypted and could not be read.
    package let isCandidate: Bool
    /// Master key, then master salt, of what the client sends.
    package let client: SecretBytes
    /// Master key, then master salt, of what the server sends.
    package let server: SecretBytes
    /// Master key identifier; empty when packets carry none.
    package let mki: [UInt8]
    /// DTLS version and cipher suite, for people.
    package let label: String
    /// Where the secret was read that the keys came from.
    package let source: TLSSecretSource
}

/// A protection profile of `use_srtp` (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
package struct DTLSProfile: Sendable, Equatable {
    package let number: UInt16
    /// As SDP names the suite.
    package let suite: String
    package let keyLength: Int
    package let saltLength: Int

    /// The name of any registered profile, as its RFC has it, for people; SDP's name where SDP has one.
    package static func name(of number: UInt16) -> String {
        if let known = DTLSProfile(number) { return known.suite }
        return switch number {
        case 5: "NULL_HMAC_SHA1_80"
        case 6: "NULL_HMAC_SHA1_32"
        case 9: "DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM"
        case 10: "DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM"
        case 11: "ARIA_128_CTR_HMAC_SHA1_80"
        case 12: "ARIA_128_CTR_HMAC_SHA1_32"
        case 13: "ARIA_256_CTR_HMAC_SHA1_80"
        case 14: "ARIA_256_CTR_HMAC_SHA1_32"
        case 15: "AEAD_ARIA_128_GCM"
        case 16: "AEAD_ARIA_256_GCM"
        default: "profile \(number)"
        }
    }

    /// Nil for a profile that is not known or has no encryption.
    package init?(_ number: UInt16) {
        self.number = number
        switch number {
        case 1: (suite, keyLength, saltLength) = ("AES_CM_128_HMAC_SHA1_80", 16, 14)
        case 2: (suite, keyLength, saltLength) = ("AES_CM_128_HMAC_SHA1_32", 16, 14)
        case 7: (suite, keyLength, saltLength) = ("AEAD_AES_128_GCM", 16, 12)
        case 8: (suite, keyLength, saltLength) = ("AEAD_AES_256_GCM", 32, 12)
        default: return nil
        }
    }
}

/// What is known of one DTLS handshake, with or without keys.
package struct DTLSReport: Sendable {
    /// From the DTLS client to the server.
    package let path: NetworkPath
    package let time: CaptureTime
    package let origin: Origin
    /// DTLS version and cipher suite, for people.
    package let label: String
    /// Nil only when no ClientHello was whole.
    package let clientRandom: [UInt8]?
    /// Whether SRTP was offered and, where that can be seen, agreed.
    package let isForSRTP: Bool
    /// Names of the profiles that may protect the media: the one agreed, or those offered where the choice is encrypted (DTLS 1.3).
    package let profiles: [String]
    /// Digests of the certificates seen in clear, by hash name of `a=fingerprint` such as `sha-256`; empty when encrypted.
    package let clientFingerprints: [String: [UInt8]]
    package let serverFingerprints: [String: [UInt8]]
    /// Empty when no secret is known or SRTP was not agreed.
    package let keys: [DTLSExport]
    /// Why there are no keys; nil with keys, and when SRTP was not asked for.
    package let missing: TLSFault?
}

/// A crypto suite of SDES (RFC 4568 section 6.2, RFC 6188 section 3, RFC 7714 section 14.2) or the same protection profile of DTLS-SRTP.
///
/// Session parameters that switch protection off (UNENCRYPTED_SRTP, UNAUTHENTICATED_SRTP, RFC 4568 section 6.3) are not
/// supported; they would be a property of `SRTPMasterKey`, beside the suite.
package enum SRTPSuite: String, CaseIterable, Sendable {
    case AES_CM_128_HMAC_SHA1_80
    case AES_CM_128_HMAC_SHA1_32
    case AES_192_CM_HMAC_SHA1_80
    case AES_192_CM_HMAC_SHA1_32
    case AES_256_CM_HMAC_SHA1_80
    case AES_256_CM_HMAC_SHA1_32
    case AEAD_AES_128_GCM
    case AEAD_AES_256_GCM

    /// The suite that SDP calls `name`, in any case. `AES_CM_256_…` is the draft's spelling of `AES_256_CM_…`, still sent by products.
    package init?(sdesName name: some StringProtocol) {
        let wanted = name.uppercased()
        switch wanted {
        case "AES_CM_256_HMAC_SHA1_80": self = .AES_256_CM_HMAC_SHA1_80
        case "AES_CM_256_HMAC_SHA1_32": self = .AES_256_CM_HMAC_SHA1_32
        case "AES_CM_192_HMAC_SHA1_80": self = .AES_192_CM_HMAC_SHA1_80
        case "AES_CM_192_HMAC_SHA1_32": self = .AES_192_CM_HMAC_SHA1_32
        default:
            guard let suite = SRTPSuite(rawValue: wanted) else { return nil }
            self = suite
        }
    }

    /// The suite of a `use_srtp` protection profile (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
    package init?(dtlsProfile: UInt16) {
        switch dtlsProfile {
        case 1: self = .AES_CM_128_HMAC_SHA1_80
        case 2: self = .AES_CM_128_HMAC_SHA1_32
        case 7: self = .AEAD_AES_128_GCM
        case 8: self = .AEAD_AES_256_GCM
        default: return nil
        }
    }

    /// Octets of the master key, and of the session key for encryption.
    package var keyLength: Int {
        switch self {
        case .AES_CM_128_HMAC_SHA1_80, .AES_CM_128_HMAC_SHA1_32, .AEAD_AES_128_GCM: 16
        case .AES_192_CM_HMAC_SHA1_80, .AES_192_CM_HMAC_SHA1_32: 24
        case .AES_256_CM_HMAC_SHA1_80, .AES_256_CM_HMAC_SHA1_32, .AEAD_AES_256_GCM: 32
        }
    }

    /// Octets of the master salt, and of the session salt.
    package var saltLength: Int { isAEAD ? 12 : 14 }

    /// Octets of the authentication tag of an SRTP packet.
    package var tagLength: Int {
        switch self {
        case .AES_CM_128_HMAC_SHA1_80, .AES_192_CM_HMAC_SHA1_80, .AES_256_CM_HMAC_SHA1_80: 10
        case .AES_CM_128_HMAC_SHA1_32, .AES_192_CM_HMAC_SHA1_32, .AES_256_CM_HMAC_SHA1_32: 4
        case .AEAD_AES_128_GCM, .AEAD_AES_256_GCM: 16
        }
    }

    /// Octets of the authentication tag of an SRTCP packet: the short tag is for RTP only (RFC 4568 section 6.2.2).
    package var rtcpTagLength: Int { isAEAD ? 16 : 10 }

    /// Encryption and authentication are one operation, and the tag comes before the master key identifier (RFC 7714).
    package var isAEAD: Bool { self == .AEAD_AES_128_GCM || self == .AEAD_AES_256_GCM }
}

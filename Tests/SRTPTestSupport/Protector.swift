import CSRTP
package import SRTPDecryption
import TestSupport

/// Master key and salt of the right size for `suite`, the same for the same seed.
package func keyAndSalt(_ suite: SRTPSuite, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return random.bytes(suite.keyLength + suite.saltLength)
}

/// The sender of the tests: libsrtp2, which shares no code with what is tested.
package final class Protector {
    private var session: srtp_t?
    private let hasMKI: Bool

    package init(_ suite: SRTPSuite, seed: UInt64 = 1, mki: [UInt8]? = nil, ssrc: UInt32 = 0x1234_5678, roc: UInt32 = 0) throws {
        try Self.require(LibSRTPSession.isStarted)
        hasMKI = mki != nil
        var policy = srtp_policy_t()
        switch suite {
        case .AES_CM_128_HMAC_SHA1_80: srtp_crypto_policy_set_rtp_default(&policy.rtp)
        case .AES_CM_128_HMAC_SHA1_32: srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp)
        case .AES_192_CM_HMAC_SHA1_80: srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80(&policy.rtp)
        case .AES_192_CM_HMAC_SHA1_32: srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32(&policy.rtp)
        case .AES_256_CM_HMAC_SHA1_80: srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtp)
        case .AES_256_CM_HMAC_SHA1_32: srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32(&policy.rtp)
        case .AEAD_AES_128_GCM: srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp)
        case .AEAD_AES_256_GCM: srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp)
        }
        policy.rtcp = policy.rtp
        // The short tag is for RTP only (RFC 4568 section 6.2.2).
        policy.rtcp.auth_tag_len = suite.isAEAD ? 16 : 10
        policy.ssrc = srtp_ssrc_t(type: ssrc_specific, value: ssrc)
        policy.window_size = 30000
        policy.allow_repeat_tx = 1
        var key = keyAndSalt(suite, seed: seed)
        var identifier = mki ?? []
        let status = key.withUnsafeMutableBufferPointer { key in
            identifier.withUnsafeMutableBufferPointer { mki in
                var entry = srtp_master_key_t(key: key.baseAddress, mki_id: mki.baseAddress, mki_size: UInt32(mki.count))
                return withUnsafeMutablePointer(to: &entry) { pointer in
                    var list: UnsafeMutablePointer<srtp_master_key_t>? = pointer
                    return withUnsafeMutablePointer(to: &list) { entries in
                        if mki.isEmpty {
                            policy.key = key.baseAddress
                        } else {
                            policy.keys = entries
                            policy.num_master_keys = 1
                        }
                        return srtp_create(&session, &policy)
                    }
                }
            }
        }
        try Self.require(status == srtp_err_status_ok)
        if roc > 0 { try Self.require(srtp_set_stream_roc(session, ssrc, roc) == srtp_err_status_ok) }
    }

    /// libsrtp2 refused to protect what a test gave it.
    package struct Refusal: Error { let status: UInt32 }

    private static func require(_ isDone: Bool, _ status: UInt32 = 0) throws { if !isDone { throw Refusal(status: status) } }

    deinit { srtp_dealloc(session) }

    package func protect(_ packet: [UInt8]) throws -> [UInt8] {
        try run(packet) { hasMKI ? srtp_protect_mki(session, $0, $1, 1, 0) : srtp_protect(session, $0, $1) }
    }

    package func protectRTCP(_ packet: [UInt8]) throws -> [UInt8] {
        try run(packet) { hasMKI ? srtp_protect_rtcp_mki(session, $0, $1, 1, 0) : srtp_protect_rtcp(session, $0, $1) }
    }

    private func run(_ packet: [UInt8], _ body: (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>) -> srtp_err_status_t) throws -> [UInt8] {
        let work = UnsafeMutableRawBufferPointer.allocate(byteCount: packet.count + 256, alignment: 16)
        defer { work.deallocate() }
        work.copyBytes(from: packet)
        var length = Int32(packet.count)
        let status = body(work.baseAddress, &length)
        try Self.require(status == srtp_err_status_ok, status.rawValue)
        return [UInt8](work.prefix(Int(length)))
    }
}

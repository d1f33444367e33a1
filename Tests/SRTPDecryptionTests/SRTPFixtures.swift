import CSRTP
import Evidence
import RTPSyntax
import SRTPDecryption
import TestSupport
import Testing

/// An RTP packet of version 2 with a given payload.
func rtp(_ sequence: UInt16, ssrc: UInt32 = 0x1234_5678, payload: [UInt8], csrcs: Int = 0, extensionWords: Int? = nil) -> [UInt8] {
    var packet: [UInt8] = [0x80 | UInt8(csrcs) | (extensionWords == nil ? 0 : 0x10), 0, UInt8(sequence >> 8), UInt8(sequence & 255)]
    packet += [0, 0, 0, 9] + (0..<4).map { UInt8(truncatingIfNeeded: ssrc >> UInt32(24 - 8 * $0)) }
    packet += [UInt8](repeating: 0xC5, count: 4 * csrcs)
    if let extensionWords { packet += [0xBE, 0xDE, 0, UInt8(extensionWords)] + [UInt8](repeating: 0xE7, count: 4 * extensionWords) }
    return packet + payload
}

/// A master key of the right size for `suite`, the same for the same seed.
func masterKey(_ suite: SRTPSuite, seed: UInt64 = 1, mki: [UInt8]? = nil) throws -> SRTPMasterKey {
    try #require(SRTPMasterKey(suite: suite, keyAndSalt: keyAndSalt(suite, seed: seed), mki: mki))
}

func keyAndSalt(_ suite: SRTPSuite, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return random.bytes(suite.keyLength + suite.saltLength)
}

// The macros of Testing cannot hold a RawSpan, so each call has a form over an array here.

func header(of packet: [UInt8]) -> RTPHeader? { RTPHeader(parsing: packet.span.bytes, at: 0, count: packet.count) }

extension SRTPContext {
    func take(_ packet: [UInt8], roc: UInt32, into out: inout [UInt8]) -> Bool {
        guard let header = header(of: packet) else { return false }
        return open(packet.span.bytes, header: header, roc: roc, into: &out)
    }

    func takeRTCP(_ packet: [UInt8], into out: inout [UInt8]) -> UInt32? { openRTCP(packet.span.bytes, into: &out) }
}

extension SRTCPReceiver {
    func take(_ packet: [UInt8], into out: inout [UInt8]) -> UInt32? { open(packet.span.bytes, into: &out) }
}

extension SRTPStream {
    /// Opens an array of octets; the payload, or the outcome.
    func take(_ packet: [UInt8], into out: inout [UInt8]) -> SRTPOutcome {
        guard let header = header(of: packet) else { return .malformed }
        return open(packet.span.bytes, header: header, into: &out)
    }

    func take(_ packet: [UInt8]) -> SRTPOutcome {
        var out: [UInt8] = []
        return take(packet, into: &out)
    }
}

/// The sender of the tests: libsrtp2, which shares no code with what is tested.
final class Protector {
    private var session: srtp_t?
    private let hasMKI: Bool

    init(_ suite: SRTPSuite, seed: UInt64 = 1, mki: [UInt8]? = nil, ssrc: UInt32 = 0x1234_5678, roc: UInt32 = 0) throws {
        try #require(LibSRTPSession.isStarted)
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
        try #require(status == srtp_err_status_ok)
        if roc > 0 { try #require(srtp_set_stream_roc(session, ssrc, roc) == srtp_err_status_ok) }
    }

    deinit { srtp_dealloc(session) }

    func protect(_ packet: [UInt8]) throws -> [UInt8] {
        try run(packet) { hasMKI ? srtp_protect_mki(session, $0, $1, 1, 0) : srtp_protect(session, $0, $1) }
    }

    func protectRTCP(_ packet: [UInt8]) throws -> [UInt8] {
        try run(packet) { hasMKI ? srtp_protect_rtcp_mki(session, $0, $1, 1, 0) : srtp_protect_rtcp(session, $0, $1) }
    }

    private func run(_ packet: [UInt8], _ body: (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>) -> srtp_err_status_t) throws -> [UInt8] {
        let work = UnsafeMutableRawBufferPointer.allocate(byteCount: packet.count + 256, alignment: 16)
        defer { work.deallocate() }
        work.copyBytes(from: packet)
        var length = Int32(packet.count)
        let status = body(work.baseAddress, &length)
        try #require(status == srtp_err_status_ok, "libsrtp2 status \(status.rawValue)")
        return [UInt8](work.prefix(Int(length)))
    }
}

import CCrypto
import CSRTP
import Evidence
package import RTPSyntax

/// One master key and one SSRC in libsrtp2: the second opinion on our transform, and an engine of its own.
///
/// libsrtp2 keeps its own rollover counter and replay list. A passive observer asks for a packet *at a given index*, so the session is made anew
/// whenever libsrtp2 would estimate another index than the one asked for. Wraps the C session; not for two threads at once.
@safe
package final class LibSRTPSession {
    package enum Answer: Equatable, Sendable {
        case opened
        case refused
        /// libsrtp2 cannot do this suite, or could not be started.
        case unavailable
    }

    /// `srtp_init` costs about 19 ms with the NSS back end, so it runs when the first secure stream needs it, once in a process.
    package static let isStarted: Bool = srtp_init() == srtp_err_status_ok

    /// How the installed libsrtp2 derives AES-192 session keys: found out by opening what it protects. Nil when it cannot do the suite.
    static let methodForAES192: SRTPKeyDerivation.Method? = {
        let suite = SRTPSuite.AES_192_CM_HMAC_SHA1_80
        guard let master = SRTPMasterKey(suite: suite, keyAndSalt: (0..<38).map { UInt8($0) }),
            let packet = LibSRTPSession(master).protect([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0xD5])
        else { return nil }
        let bytes = unsafe packet.span.bytes
        guard let header = RTPHeader(parsing: bytes, at: 0, count: packet.count) else { return nil }
        var out: [UInt8] = []
        return SRTPKeyDerivation.methods(for: suite).first { SRTPContext(master, by: $0)?.open(bytes, header: header, roc: 0, into: &out) ?? false }
    }()

    private let master: SRTPMasterKey
    private var session: srtp_t?
    /// Highest index that this session opened, and so what libsrtp2 estimates from.
    private var highest: UInt64?
    /// Rollover counter that was set on a session which has opened nothing yet.
    private var pendingROC: UInt32 = 0
    private var sessionSSRC: UInt32 = 0
    /// Replay window that is asked for; libsrtp2 wants 64 to 32767.
    private static let window: UInt64 = 1024

    package init(_ master: SRTPMasterKey) {
        self.master = master
        unsafe session = nil
    }

    deinit { if let session = unsafe session { _ = unsafe srtp_dealloc(session) } }

    /// Opens a whole SRTP packet under rollover counter `roc`; `out` becomes the payload in clear.
    package func open(_ packet: RawSpan, header: RTPHeader, roc: UInt32, into out: inout [UInt8]) -> Answer {
        out.removeAll(keepingCapacity: true)
        let index = UInt64(roc) << 16 | UInt64(header.sequence.value)
        if !isPositioned(for: index, ssrc: header.ssrc.value) {
            guard make(ssrc: header.ssrc.value, roc: roc) else { return .unavailable }
        }
        var status = attempt(packet, header, into: &out)
        if status != srtp_err_status_ok && status != srtp_err_status_auth_fail && highest != nil {
            // Its replay list knows the packet, or its index is too far off: a fresh session has no history.
            guard make(ssrc: header.ssrc.value, roc: roc) else { return .unavailable }
            status = attempt(packet, header, into: &out)
        }
        guard status == srtp_err_status_ok else {
            out.removeAll(keepingCapacity: true)
            return .refused
        }
        highest = max(highest ?? index, index)
        return .opened
    }

    /// Whether libsrtp2 would take the packet's sequence number for `index`.
    private func isPositioned(for index: UInt64, ssrc: UInt32) -> Bool {
        guard unsafe session != nil, ssrc == sessionSSRC else { return false }
        guard let highest else { return pendingROC == UInt32(truncatingIfNeeded: index >> 16) }
        // Up to index 0x8000 it takes the rollover counter for zero (srtp_rdbx_estimate_index).
        if highest <= 0x8000 { return index < 0x1_0000 && index + Self.window > highest }
        return index > highest ? index - highest < 0x7FFF : highest - index < Self.window
    }

    private func make(ssrc: UInt32, roc: UInt32) -> Bool {
        guard Self.isStarted else { return false }
        if let old = unsafe session { _ = unsafe srtp_dealloc(old) }
        unsafe session = nil
        highest = nil
        pendingROC = roc
        sessionSSRC = ssrc
        var policy = unsafe srtp_policy_t()
        unsafe Self.set(&policy.rtp, &policy.rtcp, master.suite)
        unsafe policy.ssrc = srtp_ssrc_t(type: ssrc_specific, value: ssrc)
        unsafe policy.window_size = UInt(Self.window)
        var keyAndSalt = master.key.exposed + master.salt.exposed
        var identifier = master.mki ?? []
        var made: srtp_t?
        let status = unsafe keyAndSalt.withUnsafeMutableBufferPointer { key in
            unsafe identifier.withUnsafeMutableBufferPointer { mki in
                var entry = unsafe srtp_master_key_t(key: key.baseAddress, mki_id: mki.baseAddress, mki_size: UInt32(mki.count))
                return unsafe withUnsafeMutablePointer(to: &entry) { pointer in
                    var list: UnsafeMutablePointer<srtp_master_key_t>? = unsafe pointer
                    return unsafe withUnsafeMutablePointer(to: &list) { entries in
                        if mki.isEmpty {
                            unsafe policy.key = key.baseAddress
                        } else {
                            unsafe policy.keys = entries
                            unsafe policy.num_master_keys = 1
                        }
                        return unsafe srtp_create(&made, &policy)
                    }
                }
            }
        }
        unsafe keyAndSalt.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
        guard status == srtp_err_status_ok, let made = unsafe made else { return false }
        unsafe session = unsafe made
        if roc == 0 { return true }
        return unsafe srtp_set_stream_roc(made, ssrc, roc) == srtp_err_status_ok
    }

    private static func set(_ rtp: inout srtp_crypto_policy_t, _ rtcp: inout srtp_crypto_policy_t, _ suite: SRTPSuite) {
        switch suite {
        case .AES_CM_128_HMAC_SHA1_80:
            unsafe srtp_crypto_policy_set_rtp_default(&rtp)
            unsafe srtp_crypto_policy_set_rtcp_default(&rtcp)
        case .AES_CM_128_HMAC_SHA1_32:
            unsafe srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&rtp)
            unsafe srtp_crypto_policy_set_rtcp_default(&rtcp)
        case .AES_192_CM_HMAC_SHA1_80:
            unsafe srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80(&rtp)
            unsafe srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80(&rtcp)
        case .AES_192_CM_HMAC_SHA1_32:
            unsafe srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32(&rtp)
            unsafe srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80(&rtcp)
        case .AES_256_CM_HMAC_SHA1_80:
            unsafe srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&rtp)
            unsafe srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&rtcp)
        case .AES_256_CM_HMAC_SHA1_32:
            unsafe srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32(&rtp)
            unsafe srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&rtcp)
        case .AEAD_AES_128_GCM:
            unsafe srtp_crypto_policy_set_aes_gcm_128_16_auth(&rtp)
            unsafe srtp_crypto_policy_set_aes_gcm_128_16_auth(&rtcp)
        case .AEAD_AES_256_GCM:
            unsafe srtp_crypto_policy_set_aes_gcm_256_16_auth(&rtp)
            unsafe srtp_crypto_policy_set_aes_gcm_256_16_auth(&rtcp)
        }
    }

    /// Protects a packet of SSRC 1, as a sender would.
    private func protect(_ packet: [UInt8]) -> [UInt8]? {
        guard make(ssrc: 1, roc: 0), let session = unsafe session else { return nil }
        let work = UnsafeMutableRawBufferPointer.allocate(byteCount: packet.count + 256, alignment: 16)
        defer { unsafe work.deallocate() }
        unsafe work.copyBytes(from: packet)
        var length = Int32(packet.count)
        guard unsafe srtp_protect(session, work.baseAddress, &length) == srtp_err_status_ok else { return nil }
        return unsafe [UInt8](work.prefix(Int(length)))
    }

    /// libsrtp2 works in place on 32-bit words, so the packet is copied to aligned memory first.
    private func attempt(_ packet: RawSpan, _ header: RTPHeader, into out: inout [UInt8]) -> srtp_err_status_t {
        out.removeAll(keepingCapacity: true)
        guard let session = unsafe session else { return srtp_err_status_fail }
        let count = packet.byteCount
        let work = UnsafeMutableRawBufferPointer.allocate(byteCount: count + 256, alignment: 16)
        defer { unsafe work.deallocate() }
        unsafe packet.withUnsafeBytes { unsafe work.copyMemory(from: $0) }
        var length = Int32(count)
        let status =
            master.mki == nil
            ? unsafe srtp_unprotect(session, work.baseAddress, &length) : unsafe srtp_unprotect_mki(session, work.baseAddress, &length, 1)
        guard status == srtp_err_status_ok else { return status }
        let end = Int(length)
        guard end >= header.headerLength, end <= count else { return srtp_err_status_parse_err }
        unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: work[header.headerLength..<end]))
        return status
    }
}

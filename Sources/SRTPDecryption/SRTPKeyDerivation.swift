package import Evidence

/// The session keys of one direction and protocol (RFC 3711 section 4.3).
package struct SRTPSessionKeys: Sendable {
    package let encryption: SecretBytes
    package let salt: SecretBytes
    /// Key of HMAC-SHA1, 20 octets; empty for AEAD suites.
    package let authentication: SecretBytes

    package init(encryption: SecretBytes, salt: SecretBytes, authentication: SecretBytes) {
        self.encryption = encryption
        self.salt = salt
        self.authentication = authentication
    }
}

/// AES-CM PRF with a key derivation rate of zero: session keys are derived once (RFC 3711 sections 4.3.1 and 4.3.3, RFC 6188 section 3, RFC 7714 section 11).
package enum SRTPKeyDerivation {
    /// Which of the six keys (RFC 3711 section 4.3.2).
    private enum Label: UInt64 {
        case rtpEncryption = 0
        case rtpAuthentication = 1
        case rtpSalt = 2
        case rtcpEncryption = 3
        case rtcpAuthentication = 4
        case rtcpSalt = 5
    }

    /// Which reading of the standards the sender has.
    package enum Method: String, Sendable {
        case standard
        /// What libsrtp2 did for AES-192 until its issue 763 was resolved in 2025, against RFC 6188 section 3: it runs the derivation as AES-256
        /// on master key and salt in one string, so that the first 8 octets of salt become key. Products built on it understand each other.
        case libsrtpAES192
    }

    /// The methods that senders of `suite` are known to use, the standard one first.
    package static func methods(for suite: SRTPSuite) -> [Method] { suite.keyLength == 24 ? [.standard, .libsrtpAES192] : [.standard] }

    /// Keys for SRTP; nil only when libcrypto refuses.
    package static func rtpKeys(of master: SRTPMasterKey, by method: Method = .standard) -> SRTPSessionKeys? {
        derive(master, method, .rtpEncryption, .rtpAuthentication, .rtpSalt)
    }

    /// Keys for SRTCP; nil only when libcrypto refuses.
    package static func rtcpKeys(of master: SRTPMasterKey, by method: Method = .standard) -> SRTPSessionKeys? {
        derive(master, method, .rtcpEncryption, .rtcpAuthentication, .rtcpSalt)
    }

    private static func derive(
        _ master: SRTPMasterKey, _ method: Method, _ encryption: Label, _ authentication: Label, _ salt: Label
    ) -> SRTPSessionKeys? {
        var masterKey = master.key
        var masterSalt = master.salt
        if method == .libsrtpAES192 {
            let whole = SecretBytes(joining: master.key, master.salt)
            masterKey = whole.part(0..<32)
            masterSalt = whole.part(32..<whole.count)
        }
        guard let cipher = AESCounterMode(key: masterKey) else { return nil }
        // RFC 3711 aligns a short salt to the right. Deployed code puts the 12 octets of an AEAD salt to the left and two
        // zero octets behind them, and what is not derived likewise decrypts nothing.
        let (high, low) = masterSalt.counterWords
        var refused = false
        func key(_ label: Label, _ count: Int) -> SecretBytes {
            unsafe SecretBytes(count: count) { memory in
                // key_id is 7 octets, label first, at the right end of 14: the label lands on octet 7.
                let done = unsafe cipher.apply(from: CipherBlock(high: high ^ label.rawValue, low: low), UnsafeRawBufferPointer(memory), to: memory)
                if !done { refused = true }
            }
        }
        let keys = SRTPSessionKeys(
            encryption: key(encryption, master.suite.keyLength), salt: key(salt, master.suite.saltLength),
            authentication: key(authentication, master.suite.isAEAD ? 0 : 20))
        return refused ? nil : keys
    }
}

extension SecretBytes {
    /// Up to 14 octets of salt as the left part of a 16-octet block, zeros behind.
    var counterWords: (high: UInt64, low: UInt64) {
        unsafe withOctets { octets in
            var words: (UInt64, UInt64) = (0, 0)
            for index in 0..<min(octets.count, 16) {
                let octet = UInt64(unsafe octets[index])
                if index < 8 { words.0 |= octet << UInt64(56 - 8 * index) } else { words.1 |= octet << UInt64(120 - 8 * index) }
            }
            return words
        }
    }
}

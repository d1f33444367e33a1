import Evidence

/// A master key with its salt, suite and identifier, as one inline key of `a=crypto` or one DTLS-SRTP export gives it (RFC 3711 section 3.2.1).
///
/// A class, so that the octets exist once and are wiped once.
package final class SRTPMasterKey: Sendable, Hashable, CustomStringConvertible {
    package let suite: SRTPSuite
    let key: SecretBytes
    let salt: SecretBytes
    /// Master key identifier as its octets in each packet; nil when packets carry none.
    package let mki: [UInt8]?
    /// False with UNENCRYPTED_SRTP (RFC 4568 section 6.3.2): RTP payloads are authenticated and in clear.
    package let isEncrypted: Bool
    /// First four octets of SHA-256 over key and salt, in hexadecimal: names the key without telling it.
    package let identifier: String

    /// Nil unless `keyAndSalt` has exactly the octets that the suite demands and an identifier has 1 to 128 (RFC 4568 section 6.1).
    package init?(suite: SRTPSuite, keyAndSalt: some Collection<UInt8>, mki: [UInt8]? = nil, isEncrypted: Bool = true) {
        guard keyAndSalt.count == suite.keyLength + suite.saltLength else { return nil }
        if let mki, mki.isEmpty || mki.count > 128 { return nil }
        let whole = SecretBytes(keyAndSalt)
        self.suite = suite
        self.isEncrypted = isEncrypted
        key = whole.part(0..<suite.keyLength)
        salt = whole.part(suite.keyLength..<whole.count)
        self.mki = mki
        identifier = Hex.encode(whole.digest.prefix(4))
    }

    /// Octets of the identifier in each packet; 0 without one.
    package var mkiLength: Int { mki?.count ?? 0 }

    /// Suite and identifier, never the key.
    package var description: String { "\(suite.rawValue) key #\(identifier)" }

    package static func == (left: SRTPMasterKey, right: SRTPMasterKey) -> Bool {
        left.suite == right.suite && left.mki == right.mki && left.isEncrypted == right.isEncrypted && left.key.isEqual(to: right.key)
            && left.salt.isEqual(to: right.salt)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

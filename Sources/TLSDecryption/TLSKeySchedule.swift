package import Evidence

/// The pseudorandom functions of TLS: from a secret to keys (RFC 2246 section 5, RFC 5246 section 5, RFC 8446 section 7.1).
package enum TLSKeySchedule {
    /// P_hash of RFC 5246 section 5.
    private static func expand(_ hash: TLSHash, _ secret: SecretBytes, seed: [UInt8], count: Int) -> [UInt8] {
        var out: [UInt8] = []
        var state = seed
        while out.count < count {
            state = LibCrypto.hmac(hash, key: secret, state)
            var block = LibCrypto.hmac(hash, key: secret, state + seed)
            guard !block.isEmpty else { break }
            out += block
            LibCrypto.wipe(&block)
        }
        while out.count < count { out.append(0) }
        return Array(out.prefix(count))
    }

    /// PRF of TLS 1.2 with `hash`, or of TLS 1.0 and 1.1 when `hash` is nil (MD5 and SHA-1 each with half of the secret).
    static func prf(_ hash: TLSHash?, _ secret: SecretBytes, label: String, seed: [UInt8], count: Int) -> SecretBytes {
        let whole = Array(label.utf8) + seed
        var out: [UInt8]
        if let hash {
            out = expand(hash, secret, seed: whole, count: count)
        } else {
            let half = (secret.count + 1) / 2
            out = expand(.md5, secret.part(0..<half), seed: whole, count: count)
            var other = expand(.sha1, secret.part(secret.count - half..<secret.count), seed: whole, count: count)
            for index in out.indices { out[index] ^= other[index] }
            LibCrypto.wipe(&other)
        }
        defer { LibCrypto.wipe(&out) }
        return SecretBytes(out)
    }

    /// PRF of TLS 1.2 with SHA-256 or SHA-384, for tests against published vectors.
    package static func prf12(isSHA384: Bool, secret: [UInt8], label: String, seed: [UInt8], count: Int) -> SecretBytes {
        prf(isSHA384 ? .sha384 : .sha256, SecretBytes(secret), label: label, seed: seed, count: count)
    }

    /// Record key and initial vector of TLS_AES_128_GCM_SHA256 under a traffic secret, for tests against RFC 8448.
    package static func recordKeys13(secret: [UInt8]) -> (key: SecretBytes, iv: SecretBytes) {
        let secret = SecretBytes(secret)
        return (expandLabel(.sha256, secret, label: "key", count: 16), expandLabel(.sha256, secret, label: "iv", count: 12))
    }

    /// HKDF-Expand-Label (RFC 8446 section 7.1); `prefix` is `dtls13` without a space in DTLS 1.3 (RFC 9147 section 5.9).
    static func expandLabel(
        _ hash: TLSHash, _ secret: SecretBytes, label: String, context: [UInt8] = [], count: Int, prefix: String = "tls13 "
    ) -> SecretBytes {
        let name = Array(prefix.utf8) + Array(label.utf8)
        let info = [UInt8(count >> 8 & 255), UInt8(count & 255), UInt8(clamping: name.count)] + name + [UInt8(clamping: context.count)] + context
        var out: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 1
        while out.count < count, number < 255 {
            block = LibCrypto.hmac(hash, key: secret, block + info + [number])
            guard !block.isEmpty else { break }
            out += block
            number += 1
        }
        while out.count < count { out.append(0) }
        defer {
            LibCrypto.wipe(&out)
            LibCrypto.wipe(&block)
        }
        return SecretBytes(out.prefix(count))
    }

    /// Master secret from a premaster secret (RFC 5246 section 8.1, RFC 7627 section 4 when `sessionHash` is given).
    static func master(_ hash: TLSHash?, premaster: SecretBytes, clientRandom: [UInt8], serverRandom: [UInt8], sessionHash: [UInt8]?) -> SecretBytes {
        if let sessionHash { return prf(hash, premaster, label: "extended master secret", seed: sessionHash, count: 48) }
        return prf(hash, premaster, label: "master secret", seed: clientRandom + serverRandom, count: 48)
    }

    /// Digest of the handshake for the extended master secret.
    static func sessionHash(_ hash: TLSHash?, _ messages: [UInt8]) -> [UInt8] {
        if let hash { return LibCrypto.digest(hash, messages) }
        return LibCrypto.digest(.md5, messages) + LibCrypto.digest(.sha1, messages)
    }

    /// Keying material exporter without context up to TLS 1.2 (RFC 5705 section 4).
    static func export12(_ hash: TLSHash?, master: SecretBytes, label: String, clientRandom: [UInt8], serverRandom: [UInt8], count: Int) -> SecretBytes {
        prf(hash, master, label: label, seed: clientRandom + serverRandom, count: count)
    }

    /// Keying material exporter with empty context of TLS and DTLS 1.3 (RFC 8446 section 7.5).
    static func export13(_ hash: TLSHash, exporterSecret: SecretBytes, label: String, count: Int, prefix: String = "tls13 ") -> SecretBytes {
        let empty = LibCrypto.digest(hash, [])
        let secret = expandLabel(hash, exporterSecret, label: label, context: empty, count: hash.length, prefix: prefix)
        return expandLabel(hash, secret, label: "exporter", context: empty, count: count, prefix: prefix)
    }
}

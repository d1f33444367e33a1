import CCrypto
import Evidence

/// An RSA private key, for TLS up to 1.2 with RSA key transport (RFC 5246 section 7.4.7.1).
package struct RSAPrivateKey: Sendable {
    /// Why a file gave no key.
    package enum Fault: Error, Sendable, Equatable {
        /// Not PEM, damaged, or encrypted under another passphrase.
        case unreadable
        /// It is encrypted and no passphrase was given.
        case needsPassphrase
        /// A key of another algorithm.
        case notRSA
        /// libcrypto refuses to begin.
        case unavailable
    }

    // DER, so that the value can be handed between threads; libcrypto's own object is made for each use.
    private let der: SecretBytes

    /// Reads a PEM file with a key of PKCS#1 or PKCS#8, encrypted or not; `passphrase` as its octets.
    package init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(Fault) {
        guard !pem.isEmpty, pem.count < 1 << 20 else { throw .unreadable }
        guard let memory = unsafe BIO_new_mem_buf(pem, Int32(pem.count)) else { throw .unavailable }
        defer { unsafe BIO_free(memory) }
        // With a text and no call-back libcrypto takes the text; with neither it would ask on the terminal.
        var phrase = (passphrase ?? []) + [0]
        defer { LibCrypto.wipe(&phrase) }
        let read = unsafe phrase.withUnsafeMutableBytes { unsafe PEM_read_bio_PrivateKey(memory, nil, nil, $0.baseAddress) }
        guard let key = unsafe read else {
            ERR_clear_error()
            throw passphrase == nil && Self.isEncrypted(pem) ? .needsPassphrase : .unreadable
        }
        defer { unsafe EVP_PKEY_free(key) }
        guard unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { throw .notRSA }
        let count = unsafe i2d_PrivateKey(key, nil)
        guard count > 0 else { throw .unreadable }
        der = unsafe SecretBytes(count: Int(count)) { storage in
            var cursor = unsafe storage.baseAddress?.assumingMemoryBound(to: UInt8.self)
            _ = unsafe i2d_PrivateKey(key, &cursor)
        }
    }

    /// Whether a file holds a private key in PEM, by what stands at the beginning of a line near its head.
    package static func looksLikePEM(_ octets: [UInt8]) -> Bool {
        let begin = Array("-----BEGIN ".utf8)
        return octets.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { line in
            line.starts(with: begin) && String(decoding: line, as: UTF8.self).contains("PRIVATE KEY-----")
        }
    }

    /// Whether the PEM text says that it is encrypted.
    package static func isEncrypted(_ pem: [UInt8]) -> Bool {
        let text = String(decoding: pem, as: UTF8.self)
        return text.contains("ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
    }

    /// The premaster secret in `text`, nil when the padding shows that the key does not fit. `version` is what the client offered.
    func premaster(_ text: [UInt8], version: UInt16) -> SecretBytes? {
        let key: OpaquePointer? = unsafe der.withOctets { octets in
            var cursor = unsafe octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return unsafe d2i_AutoPrivateKey(nil, &cursor, octets.count)
        }
        guard let key = unsafe key else { return nil }
        defer { unsafe EVP_PKEY_free(key) }
        guard let context = unsafe EVP_PKEY_CTX_new(key, nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: max(Int(unsafe EVP_PKEY_get_size(key)), 64))
        defer { LibCrypto.wipe(&out) }
        var count = out.count
        guard unsafe EVP_PKEY_decrypt_init(context) == 1, unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) == 1,
            unsafe EVP_PKEY_decrypt(context, &out, &count, text, text.count) == 1
        else {
            ERR_clear_error()
            return nil
        }
        // 00 02, at least eight octets that are not zero, 00, and the 48 octets with the version in front (RFC 8017 section 7.2.2).
        guard count >= 59, count <= out.count, out[0] == 0, out[1] == 2, out[count - 49] == 0 else { return nil }
        guard out[2..<count - 49].allSatisfy({ $0 != 0 }) else { return nil }
        // Some old clients put in the negotiated version, not the offered one: the major number is what both share.
        guard out[count - 48] == UInt8(version >> 8) else { return nil }
        return SecretBytes(out[count - 48..<count])
    }
}

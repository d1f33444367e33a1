import CCrypto
import Evidence

/// The hash functions that TLS uses.
enum TLSHash: Sendable, Equatable, CaseIterable {
    case md5, sha1, sha224, sha256, sha384, sha512

    /// Octets of a digest.
    var length: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}

/// The calls into libcrypto: each makes what it needs and frees it, so that nothing is shared between threads.
enum LibCrypto {
    private static func function(_ hash: TLSHash) -> OpaquePointer? {
        switch hash {
        case .md5: unsafe EVP_md5()
        case .sha1: unsafe EVP_sha1()
        case .sha224: unsafe EVP_sha224()
        case .sha256: unsafe EVP_sha256()
        case .sha384: unsafe EVP_sha384()
        case .sha512: unsafe EVP_sha512()
        }
    }

    static func wipe(_ octets: inout [UInt8]) {
        unsafe octets.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    static func digest(_ hash: TLSHash, _ octets: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: hash.length)
        var written: UInt32 = 0
        let status = unsafe EVP_Digest(octets, octets.count, &out, &written, function(hash), nil)
        return status == 1 && Int(written) == out.count ? out : []
    }

    /// HMAC (RFC 2104); empty when libcrypto refuses.
    static func hmac(_ hash: TLSHash, key: SecretBytes, _ message: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: hash.length)
        var written: UInt32 = 0
        let done = unsafe key.withOctets { octets in
            unsafe HMAC(function(hash), octets.baseAddress, Int32(octets.count), message, message.count, &out, &written) != nil
        }
        return done && Int(written) == out.count ? out : []
    }

    static func isEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }

    static func has(cipher name: String) -> Bool {
        guard let cipher = unsafe EVP_CIPHER_fetch(nil, name, nil) else {
            ERR_clear_error()
            return false
        }
        unsafe EVP_CIPHER_free(cipher)
        return true
    }

    /// Runs `body` with a context of `cipher` set to decrypt; nil when libcrypto does not have it or `body` fails.
    private static func decrypting(_ name: String, _ body: (OpaquePointer) -> [UInt8]?) -> [UInt8]? {
        guard let cipher = unsafe EVP_CIPHER_fetch(nil, name, nil) else {
            ERR_clear_error()
            return nil
        }
        defer { unsafe EVP_CIPHER_free(cipher) }
        guard let context = unsafe EVP_CIPHER_CTX_new() else { return nil }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        guard unsafe EVP_DecryptInit_ex(context, cipher, nil, nil, nil) == 1 else { return nil }
        let out = unsafe body(context)
        if out == nil { ERR_clear_error() }
        return out
    }

    /// Opens an authenticated ciphertext; nil unless the tag is right.
    static func open(cipher: String, isCCM: Bool, key: SecretBytes, nonce: [UInt8], associated: [UInt8], text: [UInt8], tag: [UInt8]) -> [UInt8]? {
        unsafe decrypting(cipher) { context in
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonce.count), nil) == 1 else { return nil }
            var expected = tag
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &expected) == 1 else { return nil }
            let keyed = unsafe key.withOctets { octets in
                guard octets.count == Int(unsafe EVP_CIPHER_CTX_get_key_length(context)) else { return false }
                return unsafe EVP_DecryptInit_ex(context, nil, nil, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce) == 1
            }
            guard keyed else { return nil }
            var written: Int32 = 0
            if isCCM { guard unsafe EVP_DecryptUpdate(context, nil, &written, nil, Int32(text.count)) == 1 else { return nil } }
            guard unsafe EVP_DecryptUpdate(context, nil, &written, associated, Int32(associated.count)) == 1 else { return nil }
            var out = [UInt8](repeating: 0, count: text.count + 16)
            if isCCM || !text.isEmpty {
                guard unsafe EVP_DecryptUpdate(context, &out, &written, text, Int32(text.count)) == 1 else { return nil }
            }
            if !isCCM {
                var rest = [UInt8](repeating: 0, count: 32)
                guard unsafe EVP_DecryptFinal_ex(context, &rest, &written) == 1 else { return nil }
            }
            return Array(out.prefix(text.count))
        }
    }

    /// Decrypts whole blocks in CBC mode; padding is left as it is.
    static func decryptCBC(cipher: String, key: SecretBytes, iv: [UInt8], text: [UInt8]) -> [UInt8]? {
        unsafe decrypting(cipher) { context in
            guard iv.count == Int(unsafe EVP_CIPHER_CTX_get_iv_length(context)) else { return nil }
            let keyed = unsafe key.withOctets { octets in
                guard octets.count == Int(unsafe EVP_CIPHER_CTX_get_key_length(context)) else { return false }
                return unsafe EVP_DecryptInit_ex(context, nil, nil, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), iv) == 1
            }
            guard keyed, unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1 else { return nil }
            var written: Int32 = 0
            var out = [UInt8](repeating: 0, count: text.count + 32)
            guard unsafe EVP_DecryptUpdate(context, &out, &written, text, Int32(text.count)) == 1, Int(written) == text.count else { return nil }
            return Array(out.prefix(text.count))
        }
    }
}

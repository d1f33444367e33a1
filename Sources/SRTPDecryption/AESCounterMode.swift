import CCrypto
package import Evidence

/// Sixteen octets of counter block or twelve of nonce, in two words that are already in network order in memory.
struct CipherBlock {
    var high: UInt64
    var low: UInt64

    /// From numbers as written on paper: `high` holds the first eight octets.
    init(high: UInt64, low: UInt64) {
        self.high = high.bigEndian
        self.low = low.bigEndian
    }
}

/// AES in segmented integer counter mode (RFC 3711 section 4.1.1) on a context that is keyed once and reused.
///
/// Wraps the C context; not for two threads at once.
@safe
package final class AESCounterMode {
    private let context: OpaquePointer

    /// Nil for a key that is not 16, 24 or 32 octets, or when libcrypto refuses.
    package init?(key: SecretBytes) {
        let cipher: OpaquePointer?
        switch key.count {
        case 16: unsafe cipher = unsafe EVP_aes_128_ctr()
        case 24: unsafe cipher = unsafe EVP_aes_192_ctr()
        case 32: unsafe cipher = unsafe EVP_aes_256_ctr()
        default: return nil
        }
        guard let made = unsafe EVP_CIPHER_CTX_new() else { return nil }
        let status = unsafe key.withOctets { octets in
            unsafe EVP_EncryptInit_ex(made, cipher, nil, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        }
        guard status == 1 else {
            unsafe EVP_CIPHER_CTX_free(made)
            return nil
        }
        unsafe context = unsafe made
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    /// Adds the keystream that begins at counter block `start` to `data`, in place. False when libcrypto refuses.
    func apply(from start: CipherBlock, to data: UnsafeMutableRawBufferPointer) -> Bool {
        guard let base = data.baseAddress, data.count > 0 else { return true }
        var block = start
        var written: Int32 = 0
        let octets = unsafe base.assumingMemoryBound(to: UInt8.self)
        let status = unsafe withUnsafeBytes(of: &block) { iv in
            unsafe EVP_EncryptInit_ex(context, nil, nil, nil, iv.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard status == 1 else { return false }
        return unsafe EVP_EncryptUpdate(context, octets, &written, octets, Int32(data.count)) == 1
    }

    /// `count` octets of keystream from the counter block with these halves.
    package func keystream(high: UInt64, low: UInt64, count: Int) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        let done = unsafe out.withUnsafeMutableBytes { unsafe apply(from: CipherBlock(high: high, low: low), to: $0) }
        return done ? out : []
    }
}

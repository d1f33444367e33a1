import CCrypto
import Evidence

/// AES in Galois/counter mode with a 16-octet tag (RFC 7714 section 5), on a context that is keyed once and reused.
///
/// Wraps the C context; not for two threads at once.
@safe
final class AESGCM {
    private let context: OpaquePointer

    /// Nil for a key that is not 16 or 32 octets, or when libcrypto refuses.
    init?(key: SecretBytes) {
        let cipher: OpaquePointer?
        switch key.count {
        case 16: unsafe cipher = unsafe EVP_aes_128_gcm()
        case 32: unsafe cipher = unsafe EVP_aes_256_gcm()
        default: return nil
        }
        guard let made = unsafe EVP_CIPHER_CTX_new() else { return nil }
        let status = unsafe key.withOctets { octets in
            unsafe EVP_DecryptInit_ex(made, cipher, nil, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        }
        guard status == 1 else {
            unsafe EVP_CIPHER_CTX_free(made)
            return nil
        }
        unsafe context = unsafe made
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    /// Opens `data` in place. Additional data is `associated` followed by `trailer`. False when the tag does not match; `data` is then garbage to wipe.
    ///
    /// The first twelve octets of `nonce` are used. EVP_DecryptFinal_ex compares tags in constant time.
    func open(
        nonce: CipherBlock, associated: UnsafeRawBufferPointer, trailer: UnsafeRawBufferPointer, data: UnsafeMutableRawBufferPointer,
        tag: UnsafeRawBufferPointer
    ) -> Bool {
        guard tag.count == 16, let tagBase = tag.baseAddress else { return false }
        var block = nonce
        var written: Int32 = 0
        let ready = unsafe withUnsafeBytes(of: &block) { iv in
            unsafe EVP_DecryptInit_ex(context, nil, nil, nil, iv.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard ready == 1 else { return false }
        guard unsafe authenticate(associated), unsafe authenticate(trailer) else { return false }
        if data.count > 0 {
            let octets = unsafe data.baseAddress?.assumingMemoryBound(to: UInt8.self)
            guard unsafe EVP_DecryptUpdate(context, octets, &written, octets, Int32(data.count)) == 1 else { return false }
        }
        let expected = unsafe UnsafeMutableRawPointer(mutating: tagBase)
        guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, expected) == 1 else { return false }
        var rest: (UInt64, UInt64) = (0, 0)
        return unsafe withUnsafeMutableBytes(of: &rest) { final in
            unsafe EVP_DecryptFinal_ex(context, final.baseAddress?.assumingMemoryBound(to: UInt8.self), &written) == 1
        }
    }

    private func authenticate(_ part: UnsafeRawBufferPointer) -> Bool {
        guard part.count > 0 else { return true }
        var written: Int32 = 0
        return unsafe EVP_DecryptUpdate(context, nil, &written, part.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(part.count)) == 1
    }
}

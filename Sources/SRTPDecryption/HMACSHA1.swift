import CCrypto
import Evidence

/// HMAC-SHA1 (RFC 2104, RFC 3711 section 4.2.1) with both keyed states computed once and copied for each packet.
///
/// The SHA1_* functions are deprecated in OpenSSL 3 but not unsafe, and half again as fast as a reused HMAC context.
@safe
final class HMACSHA1 {
    /// Inner state, then outer. Memory of its own: stored properties would cost an exclusivity check for each packet.
    private let states: UnsafeMutablePointer<SHA_CTX>

    init(key: SecretBytes) {
        unsafe states = UnsafeMutablePointer<SHA_CTX>.allocate(capacity: 2)
        unsafe states.initialize(repeating: SHA_CTX(), count: 2)
        for (number, octet) in [UInt8(0x36), 0x5C].enumerated() {
            let pad = unsafe SecretBytes(count: 64) { memory in
                unsafe key.withOctets { octets in unsafe memory.copyBytes(from: octets.prefix(64)) }
                for index in memory.indices { unsafe memory[index] ^= octet }
            }
            unsafe pad.withOctets { octets in
                unsafe SHA1_Init(states + number)
                unsafe SHA1_Update(states + number, octets.baseAddress, octets.count)
            }
        }
    }

    deinit {
        unsafe OPENSSL_cleanse(states, 2 * MemoryLayout<SHA_CTX>.stride)
        unsafe states.deallocate()
    }

    /// Whether `tag` is the left part of the code over `message` followed by the four octets of `suffix`, if there is one.
    ///
    /// The comparison takes the same time wherever they differ.
    func matches(_ tag: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, suffix: UInt32?) -> Bool {
        guard tag.count <= 20 else { return false }
        var digest: (UInt64, UInt64, UInt64) = (0, 0, 0)
        var state = unsafe states[0]
        unsafe SHA1_Update(&state, message.baseAddress, message.count)
        if var word = suffix?.bigEndian { unsafe SHA1_Update(&state, &word, 4) }
        return unsafe withUnsafeMutableBytes(of: &digest) { bytes in
            let octets = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            unsafe SHA1_Final(octets, &state)
            unsafe state = states[1]
            unsafe SHA1_Update(&state, octets, 20)
            unsafe SHA1_Final(octets, &state)
            return unsafe CRYPTO_memcmp(octets, tag.baseAddress, tag.count) == 0
        }
    }
}

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
/// The counter blocks are enciphered by the library's plain block mode: its counter mode wants to be begun anew with each packet, which takes
/// a third as long as the enciphering. Wraps the C context; not for two threads at once.
@safe
package final class AESCounterMode {
    private let context: OpaquePointer
    /// Counter blocks, then keystream.
    private let blocks: UnsafeMutableRawBufferPointer
    /// Octets worked on at once: a usual packet and more.
    private static let part = 1024

    /// Nil for a key that is not 16, 24 or 32 octets, or when libcrypto refuses.
    package init?(key: SecretBytes) {
        let cipher: OpaquePointer?
        switch key.count {
        case 16: unsafe cipher = unsafe EVP_aes_128_ecb()
        case 24: unsafe cipher = unsafe EVP_aes_192_ecb()
        case 32: unsafe cipher = unsafe EVP_aes_256_ecb()
        default: return nil
        }
        guard let made = unsafe EVP_CIPHER_CTX_new() else { return nil }
        let status = unsafe key.withOctets { octets in
            unsafe EVP_EncryptInit_ex(made, cipher, nil, octets.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        }
        guard status == 1, unsafe EVP_CIPHER_CTX_set_padding(made, 0) == 1 else {
            unsafe EVP_CIPHER_CTX_free(made)
            return nil
        }
        unsafe context = unsafe made
        unsafe blocks = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.part, alignment: 16)
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
        unsafe OPENSSL_cleanse(blocks.baseAddress, blocks.count)
        unsafe blocks.deallocate()
    }

    /// Puts `source` with the keystream that begins at counter block `start` added to it into `data`, which has as many octets and may be the same ones.
    /// False when libcrypto refuses.
    func apply(from start: CipherBlock, _ source: UnsafeRawBufferPointer, to data: UnsafeMutableRawBufferPointer) -> Bool {
        guard let base = unsafe blocks.baseAddress, source.count == data.count else { return false }
        var (high, low) = (UInt64(bigEndian: start.high), UInt64(bigEndian: start.low))
        var done = 0
        while done < data.count {
            let count = min(Self.part, data.count - done)
            let size = (count + 15) & ~15
            var at = 0
            while at < size {
                unsafe base.storeBytes(of: high.bigEndian, toByteOffset: at, as: UInt64.self)
                unsafe base.storeBytes(of: low.bigEndian, toByteOffset: at + 8, as: UInt64.self)
                low &+= 1
                if low == 0 { high &+= 1 }
                at += 16
            }
            var written: Int32 = 0
            let octets = unsafe base.assumingMemoryBound(to: UInt8.self)
            guard unsafe EVP_EncryptUpdate(context, octets, &written, octets, Int32(size)) == 1, Int(written) == size else { return false }
            if let from = source.baseAddress, let to = data.baseAddress {
                unsafe Self.add(UnsafeRawPointer(base), from + done, to: to + done, count)
            }
            done += count
        }
        return true
    }

    /// Exclusive or, by sixteen octets and then by one.
    private static func add(_ keystream: UnsafeRawPointer, _ source: UnsafeRawPointer, to data: UnsafeMutableRawPointer, _ count: Int) {
        var at = 0
        while at &+ 16 <= count {
            let words =
                unsafe source.loadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self) ^ keystream.loadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self)
            unsafe data.storeBytes(of: words, toByteOffset: at, as: SIMD2<UInt64>.self)
            at &+= 16
        }
        while at < count {
            let octet = unsafe source.load(fromByteOffset: at, as: UInt8.self) ^ keystream.load(fromByteOffset: at, as: UInt8.self)
            unsafe data.storeBytes(of: octet, toByteOffset: at, as: UInt8.self)
            at &+= 1
        }
    }

    /// `count` octets of keystream from the counter block with these halves.
    package func keystream(high: UInt64, low: UInt64, count: Int) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        let done = unsafe out.withUnsafeMutableBytes { unsafe apply(from: CipherBlock(high: high, low: low), UnsafeRawBufferPointer($0), to: $0) }
        return done ? out : []
    }
}

import CCrypto

/// Key octets in memory of their own, overwritten when the last user lets go.
///
/// A class, because a copied array leaves copies of a key behind; the only file that holds the raw memory.
@safe
package final class SecretBytes: @unchecked Sendable, CustomStringConvertible {
    // Written only during init, so that sharing between threads is safe.
    private let storage: UnsafeMutableRawBufferPointer

    /// `count` octets that `fill` writes; zero before.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        unsafe storage = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
        for index in unsafe storage.indices { unsafe storage[index] = 0 }
        unsafe fill(UnsafeMutableRawBufferPointer(rebasing: storage[..<count]))
        length = count
    }

    /// A copy of `octets`; the caller's stays the caller's to wipe.
    package convenience init(_ octets: some Collection<UInt8>) {
        unsafe self.init(count: octets.count) { memory in unsafe memory.copyBytes(from: octets) }
    }

    /// One behind the other.
    convenience init(joining first: SecretBytes, _ second: SecretBytes) {
        unsafe self.init(count: first.count + second.count) { memory in
            unsafe first.withOctets { octets in unsafe memory.copyMemory(from: octets) }
            unsafe second.withOctets { octets in unsafe UnsafeMutableRawBufferPointer(rebasing: memory[first.count...]).copyMemory(from: octets) }
        }
    }

    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    private let length: Int
    package var count: Int { length }

    /// The octets, for the time of `body`.
    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: storage[..<length])))
    }

    /// A copy that nothing wipes: for tests and for the other engine only.
    package var exposed: [UInt8] { unsafe withOctets { unsafe [UInt8]($0) } }

    /// The part `range` as a secret of its own.
    func part(_ range: Range<Int>) -> SecretBytes {
        unsafe SecretBytes(count: range.count) { memory in
            unsafe withOctets { octets in unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[range])) }
        }
    }

    /// Compares in a time that does not depend on where they differ.
    func isEqual(to other: SecretBytes) -> Bool {
        guard length == other.length else { return false }
        return unsafe withOctets { mine in unsafe other.withOctets { theirs in unsafe CRYPTO_memcmp(mine.baseAddress, theirs.baseAddress, length) == 0 } }
    }

    /// SHA-256 of the octets.
    var digest: [UInt8] {
        unsafe withOctets { octets in
            unsafe [UInt8](unsafeUninitializedCapacity: 32) { out, count in
                unsafe SHA256(octets.baseAddress?.assumingMemoryBound(to: UInt8.self), octets.count, out.baseAddress)
                count = 32
            }
        }
    }

    /// Never the octets.
    package var description: String { "\(length) secret octets" }
}

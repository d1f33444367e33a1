/// Key octets in memory of their own, overwritten when the last user lets go.
///
/// A class, because a copied array leaves copies of a key behind; the only file that holds the raw memory.
@safe
package final class SecretBytes: @unchecked Sendable, CustomStringConvertible {
    // Written only during init, so that sharing between threads is safe.
    private let storage: UnsafeMutableRawBufferPointer
    private let length: Int

    /// `count` octets that `fill` writes; zero before.
    package init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
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
    package convenience init(joining first: SecretBytes, _ second: SecretBytes) {
        unsafe self.init(count: first.count + second.count) { memory in
            unsafe first.withOctets { octets in unsafe memory.copyMemory(from: octets) }
            unsafe second.withOctets { octets in unsafe UnsafeMutableRawBufferPointer(rebasing: memory[first.count...]).copyMemory(from: octets) }
        }
    }

    deinit {
        unsafe Self.wipe(storage)
        unsafe storage.deallocate()
    }

    // Not optimised: a compiler that sees the memory freed next would leave the writes out.
    @inline(never)
    @_optimize(none)
    private static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        for index in memory.indices { unsafe memory[index] = 0 }
    }

    /// Number of octets.
    package var count: Int { length }

    /// The octets, for the time of `body`.
    package func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: storage[..<length])))
    }

    /// A copy that nothing wipes: for tests and for the other engine only.
    package var exposed: [UInt8] { unsafe withOctets { unsafe [UInt8]($0) } }

    /// The part `range`, which must lie within `count`, as a secret of its own.
    package func part(_ range: Range<Int>) -> SecretBytes {
        unsafe SecretBytes(count: range.count) { memory in
            unsafe withOctets { octets in unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[range])) }
        }
    }

    /// Compares in a time that does not depend on where they differ.
    package func isEqual(to other: SecretBytes) -> Bool {
        guard length == other.length else { return false }
        return unsafe withOctets { mine in
            unsafe other.withOctets { theirs in
                var difference: UInt8 = 0
                for index in 0..<length { difference |= unsafe mine[index] ^ theirs[index] }
                return difference == 0
            }
        }
    }

    /// Never the octets.
    package var description: String { "\(length) secret octets" }
}

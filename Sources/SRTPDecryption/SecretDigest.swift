import CCrypto
import Evidence

extension SecretBytes {
    /// SHA-256 of the octets.
    var digest: [UInt8] {
        unsafe withOctets { octets in
            unsafe [UInt8](unsafeUninitializedCapacity: 32) { out, count in
                unsafe SHA256(octets.baseAddress?.assumingMemoryBound(to: UInt8.self), octets.count, out.baseAddress)
                count = 32
            }
        }
    }
}

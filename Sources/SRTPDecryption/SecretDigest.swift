import CCrypto
import Evidence

extension SecretBytes {
    /// SHA-256 of the octets; empty when libcrypto refuses.
    var digest: [UInt8] {
        unsafe withOctets { octets in
            unsafe [UInt8](unsafeUninitializedCapacity: 32) { out, count in
                let done = unsafe SHA256(octets.baseAddress?.assumingMemoryBound(to: UInt8.self), octets.count, out.baseAddress)
                count = unsafe done == nil ? 0 : 32
            }
        }
    }
}

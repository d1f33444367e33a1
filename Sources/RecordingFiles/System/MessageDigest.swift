import CCrypto
import Evidence
import Glibc

/// A hash over octets as they come, by libcrypto.
@safe final class MessageDigest {
    enum Algorithm {
        case sha1, sha256, sha512

        var octets: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }

        fileprivate var method: OpaquePointer? {
            switch self {
            case .sha1: unsafe EVP_sha1()
            case .sha256: unsafe EVP_sha256()
            case .sha512: unsafe EVP_sha512()
            }
        }
    }

    private let algorithm: Algorithm
    private let context: OpaquePointer?
    /// False where the library refused; there is then no digest, rather than a wrong one.
    private var isGood: Bool

    init(_ algorithm: Algorithm) {
        self.algorithm = algorithm
        unsafe context = EVP_MD_CTX_new()
        isGood = unsafe context != nil && EVP_DigestInit_ex(context, algorithm.method, nil) == 1
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    func update(_ octets: UnsafeRawBufferPointer) {
        guard isGood, octets.count > 0 else { return }
        isGood = unsafe EVP_DigestUpdate(context, octets.baseAddress, octets.count) == 1
    }

    /// Nil where the library refused. Once only.
    func finish() -> [UInt8]? {
        guard isGood else { return nil }
        isGood = false
        var digest = [UInt8](repeating: 0, count: algorithm.octets)
        var count: UInt32 = 0
        guard unsafe EVP_DigestFinal_ex(context, &digest, &count) == 1, Int(count) == algorithm.octets else { return nil }
        return digest
    }

    static func of(_ octets: [UInt8], _ algorithm: Algorithm) -> [UInt8]? {
        let hash = MessageDigest(algorithm)
        unsafe octets.withUnsafeBytes { unsafe hash.update($0) }
        return hash.finish()
    }

    /// Hash and length of a whole file.
    static func of(file path: String, _ algorithm: Algorithm) throws(SystemError) -> (digest: [UInt8], bytes: Int) {
        let file = try FileDescriptor(path, O_RDONLY | O_NOFOLLOW)
        return try of(file, limit: .max, algorithm)
    }

    /// Hash and length of at most `limit` octets of `file`: from `offset` on, or from its position on where that is nil.
    static func of(
        _ file: borrowing FileDescriptor, from offset: Int64? = nil, limit: Int = .max, _ algorithm: Algorithm
    ) throws(SystemError) -> (digest: [UInt8], bytes: Int) {
        let hash = MessageDigest(algorithm)
        var total = 0
        // Small enough for the heap to have it at hand (from 128 KiB on it asks the system for zeroed pages each time) and for the cache.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { unsafe buffer.deallocate() }
        while total < limit {
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, limit - total)])
            let count = if let offset { unsafe try file.read(into: part, at: offset + Int64(total)) } else { unsafe try file.read(into: part) }
            if count == 0 { break }
            unsafe hash.update(UnsafeRawBufferPointer(rebasing: part[..<count]))
            total += count
        }
        guard let digest = hash.finish() else { throw .noLibrary }
        return (digest, total)
    }
}

import CCrypto
import Evidence
import Glibc

/// SHA-256 over octets as they come, by libcrypto.
@safe final class SHA256 {
    private let context: OpaquePointer?
    /// False where the library refused; there is then no digest, rather than a wrong one.
    private var isGood: Bool

    init() {
        unsafe context = EVP_MD_CTX_new()
        isGood = unsafe context != nil && EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    func update(_ octets: UnsafeRawBufferPointer) {
        guard isGood, octets.count > 0 else { return }
        isGood = unsafe EVP_DigestUpdate(context, octets.baseAddress, octets.count) == 1
    }

    /// 64 lower-case hexadecimal digits; nil where the library refused. Once only.
    func finish() -> String? {
        guard isGood else { return nil }
        isGood = false
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        guard unsafe EVP_DigestFinal_ex(context, &digest, &count) == 1, count == 32 else { return nil }
        return Hex.encode(digest)
    }

    static func of(_ octets: [UInt8]) -> String? {
        let hash = SHA256()
        unsafe octets.withUnsafeBytes { unsafe hash.update($0) }
        return hash.finish()
    }

    /// Hash and length of a whole file.
    static func of(file path: String) throws(SystemError) -> (sha256: String, bytes: Int) {
        let file = try FileDescriptor(path, O_RDONLY | O_NOFOLLOW)
        return try of(file, limit: .max)
    }

    /// Hash and length of at most `limit` octets from the position of `file` on.
    static func of(_ file: borrowing FileDescriptor, limit: Int) throws(SystemError) -> (sha256: String, bytes: Int) {
        let hash = SHA256()
        var total = 0
        // Small enough for the heap to have it at hand (from 128 KiB on it asks the system for zeroed pages each time) and for the cache.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { unsafe buffer.deallocate() }
        while total < limit {
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, limit - total)])
            let count = unsafe try file.read(into: part)
            if count == 0 { break }
            unsafe hash.update(UnsafeRawBufferPointer(rebasing: part[..<count]))
            total += count
        }
        guard let digest = hash.finish() else { throw SystemError(EIO) }
        return (digest, total)
    }
}

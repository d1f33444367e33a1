import Evidence
import Glibc

/// SHA-256 as 64 lower-case hexadecimal digits, as the sidecars and the manifest have it.
@safe final class SHA256 {
    private let hash = MessageDigest(.sha256)

    func update(_ octets: UnsafeRawBufferPointer) { unsafe hash.update(octets) }

    /// Nil where the library refused. Once only.
    func finish() -> String? { hash.finish().map { Hex.encode($0) } }

    static func of(_ octets: [UInt8]) -> String? { MessageDigest.of(octets, .sha256).map { Hex.encode($0) } }

    /// Hash and length of a whole file.
    static func of(file path: String) throws(SystemError) -> (sha256: String, bytes: Int) {
        let (digest, bytes) = try MessageDigest.of(file: path, .sha256)
        return (Hex.encode(digest), bytes)
    }

    /// Hash and length of the first octets of an open file, whatever its position.
    static func of(_ file: borrowing FileDescriptor, first octets: Int) throws(SystemError) -> (sha256: String, bytes: Int) {
        let (digest, bytes) = try MessageDigest.of(file, from: 0, limit: octets, .sha256)
        return (Hex.encode(digest), bytes)
    }

    /// Hash and length of at most `limit` octets from the position of `file` on.
    static func of(_ file: borrowing FileDescriptor, limit: Int) throws(SystemError) -> (sha256: String, bytes: Int) {
        let (digest, bytes) = try MessageDigest.of(file, limit: limit, .sha256)
        return (Hex.encode(digest), bytes)
    }
}

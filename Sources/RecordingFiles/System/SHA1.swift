/// SHA-1, for identifiers that a specification derives by it (RFC 9562); it protects nothing.
package enum SHA1 {
    /// 20 octets; nil where libcrypto refused or is missing.
    package static func digest(_ octets: [UInt8]) -> [UInt8]? { MessageDigest.of(octets, .sha1) }
}

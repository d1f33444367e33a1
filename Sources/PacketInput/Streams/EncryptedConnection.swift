package import Evidence
package import TLSDecryption

/// A TCP connection that carried TLS, and what became of it.
package struct EncryptedConnection: Sendable {
    /// In the direction in which TLS was first seen.
    package let path: NetworkPath
    package let origin: Origin
    /// Octets that stayed closed.
    package let unopened: Int
    /// Nil where the octets were not read as TLS.
    package let summary: TLSSummary?
}

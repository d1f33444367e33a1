import Evidence

/// Where a secret was read: told in place of the secret.
package struct TLSSecretSource: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// A line of a key log, in a file or in a secrets block of a capture.
        case keyLog = "tls-secret"
        /// A server's private key.
        case rsaKey = "rsa-key"
    }

    package let kind: Kind
    /// Name of the file, or of the capture that holds the secrets block.
    package let file: String
    /// One-based; 0 for a private key.
    package let line: Int

    package init(kind: Kind, file: String, line: Int = 0) {
        self.kind = kind
        self.file = file
        self.line = line
    }

    package var description: String { line > 0 ? "\(file) line \(line)" : file }
}

/// A secret and where it was read.
struct TLSSecret: Sendable {
    let octets: SecretBytes
    let source: TLSSecretSource
}

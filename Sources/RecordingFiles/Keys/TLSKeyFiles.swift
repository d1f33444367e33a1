package import Evidence
package import PacketInput
import TLSDecryption

/// Files with secrets of TLS and DTLS, as `TLSInputs` takes them.
extension TLSInputs {
    /// Why a file with a private key can not be used, in words that follow its name.
    package struct KeyFault: Error, Sendable, Equatable {
        package let reason: String
    }

    /// Adds the entries of a key log (NSS format).
    package mutating func add(keyLog file: SecretFile, limits: Limits) {
        keyLogs.append(KeyLog(name: file.name, log: TLSKeyLog(parsing: file.octets, limits: limits)))
    }

    /// Whether a private key can only be read with a passphrase.
    package static func needsPassphrase(_ file: SecretFile) -> Bool { RSAPrivateKey.isEncrypted(file.octets) }

    /// Adds the private key of a server.
    package mutating func add(rsaKey file: SecretFile, passphrase: [UInt8]?) throws(KeyFault) {
        do throws(RSAPrivateKey.Fault) {
            rsaKeys.append(RSAKey(name: file.name, key: try RSAPrivateKey(pem: file.octets, passphrase: passphrase)))
        } catch {
            let reason =
                switch error {
                case .needsPassphrase: "is encrypted; give --rsa-passphrase-file"
                case .notRSA: "is not an RSA key"
                case .unavailable: "cannot be read: libcrypto does not answer"
                case .unreadable: passphrase == nil ? "is no private key in PEM" : "is no private key in PEM, or the passphrase is wrong"
                }
            throw KeyFault(reason: reason)
        }
    }
}

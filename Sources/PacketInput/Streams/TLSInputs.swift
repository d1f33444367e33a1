package import TLSDecryption

/// What the user gave to open TLS and DTLS with.
package struct TLSInputs: Sendable {
    package struct KeyLog: Sendable {
        /// For findings.
        package let name: String
        package let log: TLSKeyLog

        package init(name: String, log: TLSKeyLog) {
            self.name = name
            self.log = log
        }
    }

    package struct RSAKey: Sendable {
        /// For findings.
        package let name: String
        package let key: RSAPrivateKey

        package init(name: String, key: RSAPrivateKey) {
            self.name = name
            self.key = key
        }
    }

    package var keyLogs: [KeyLog] = []
    package var rsaKeys: [RSAKey] = []
    /// Names of files that others than their owner may read.
    package var readableByOthers: [String] = []

    package init() {}

    package var isEmpty: Bool { keyLogs.isEmpty && rsaKeys.isEmpty }
}

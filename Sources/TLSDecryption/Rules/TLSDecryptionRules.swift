package import Evidence

/// What this module can raise.
package enum TLSDecryptionRules {
    /// By code.
    package static var all: [Rule] {
        [
            .tls001, .tls002, .tls003, .tls004, .tls005, .tls006, .tls007, .tls008, .tls009,
        ]
    }
}

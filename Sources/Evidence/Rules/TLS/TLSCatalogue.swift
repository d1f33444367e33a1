extension Rule {
    /// Every rule of area TLS, by code.
    package static let tlsRules: [Rule] = [
        .tls001, .tls002, .tls003, .tls004, .tls005, .tls006, .tls007, .tls008,
        .tls009, .tls010, .tls011, .tls012,
    ]
}

package import Evidence

/// What this module can raise.
package enum NetworkLayersRules {
    /// By code.
    package static var all: [Rule] {
        [
            .net001, .net002, .net003, .net004, .net007, .net009,
        ]
    }
}

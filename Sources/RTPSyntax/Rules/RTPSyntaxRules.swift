package import Evidence

/// What this module can raise.
package enum RTPSyntaxRules {
    /// By code.
    package static var all: [Rule] {
        [
            .rtp001
        ]
    }
}

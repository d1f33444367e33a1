package import Evidence

/// What this module can raise.
package enum SDPSyntaxRules {
    /// By code.
    package static var all: [Rule] {
        [
            .sdp001, .sdp103, .sdp104, .sdp105,
        ]
    }
}

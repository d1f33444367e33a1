package import Evidence

/// What this module can raise.
package enum RecordingRenderRules {
    /// By code.
    package static var all: [Rule] {
        [
            .out001
        ]
    }
}

package import Evidence

/// What this module can raise.
package enum RecordingPlanRules {
    /// By code.
    package static var all: [Rule] {
        [
            .srt001, .srt009,
        ]
    }
}

package import Evidence

/// What this module can raise.
package enum RecordingAccountRules {
    /// By code.
    package static var all: [Rule] {
        [
            .cap030, .mat014, .out004, .ply007, .rtp006, .rtp017, .srt004, .srt006, .srt007, .srt026,
        ]
    }
}

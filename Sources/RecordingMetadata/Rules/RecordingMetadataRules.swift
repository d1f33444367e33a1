package import Evidence

/// What this module can raise.
package enum RecordingMetadataRules {
    /// By code.
    package static var all: [Rule] {
        [
            .met001, .met002, .met003, .met004, .met005, .met006, .met007, .met008, .met009, .met010, .met011, .met012, .met013, .met014,
            .met015, .met016, .met017, .met018, .met019, .met020, .met030, .met031, .met032, .met033, .met034, .met035, .met036, .met037,
            .met038, .met039, .met040, .met041, .met042, .met043, .met044, .met045, .met047, .met048, .met049,
        ]
    }
}

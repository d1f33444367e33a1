package import Evidence

/// What this module can raise.
package enum MediaPlayoutRules {
    /// By code.
    package static var all: [Rule] {
        [
            .aud001, .aud002, .aud003, .ply001, .ply002, .ply003, .ply004, .ply005, .ply006, .ply008, .ply009, .ply010,
        ]
    }
}

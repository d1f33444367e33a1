package import Evidence

/// What this module can raise.
package enum CaptureFormatRules {
    /// By code.
    package static var all: [Rule] {
        [
            .cap001, .cap002, .cap004, .cap008, .cap009, .cap010, .cap011, .cap013, .cap015, .cap016,
        ]
    }
}

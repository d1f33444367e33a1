package import Evidence

/// What this module can raise.
package enum CaptureSurveyRules {
    /// By code.
    package static var all: [Rule] {
        [
            .cap003, .cap005, .cap006, .cap007, .cap012, .cap018, .cap031, .cap040, .net008, .net010, .out003, .sip010, .tls010, .tls011,
            .tls012,
        ]
    }
}

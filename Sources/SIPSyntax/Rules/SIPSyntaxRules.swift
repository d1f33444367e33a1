package import Evidence

/// What this module can raise.
package enum SIPSyntaxRules {
    /// By code.
    package static var all: [Rule] {
        [
            .sip001, .sip002, .sip003, .sip004, .sip005, .sip006, .sip007, .sip008, .sip009,
        ]
    }
}

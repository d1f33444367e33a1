extension Rule {
    /// Every rule of area SIP, by code.
    package static let sipRules: [Rule] = [
        .sip001, .sip002, .sip003, .sip004, .sip005, .sip006, .sip007, .sip008,
        .sip009, .sip010,
    ]
}

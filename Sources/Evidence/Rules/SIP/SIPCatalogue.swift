extension Rule {
    /// Every rule of area SIP, by code.
    package static let sipRules: [Rule] = []
}

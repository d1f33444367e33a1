extension Rule {
    /// Every rule of area NET, by code.
    package static let networkRules: [Rule] = []
}

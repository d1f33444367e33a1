extension Rule {
    /// Every rule of area FLW, by code.
    package static let flowRules: [Rule] = []
}

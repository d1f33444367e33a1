extension Rule {
    /// Every rule of area MAT, by code.
    package static let matchingRules: [Rule] = []
}

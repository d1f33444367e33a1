extension Rule {
    /// Every rule of area PLY, by code.
    package static let playoutRules: [Rule] = []
}

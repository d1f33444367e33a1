extension Rule {
    /// Every rule of area DLG, by code.
    package static let dialogRules: [Rule] = []
}

extension Rule {
    /// Every rule of area MET, by code.
    package static let metadataRules: [Rule] = []
}

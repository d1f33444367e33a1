extension Rule {
    /// Every rule of area CAP, by code.
    package static let captureRules: [Rule] = []
}

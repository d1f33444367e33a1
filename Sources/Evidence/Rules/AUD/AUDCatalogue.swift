extension Rule {
    /// Every rule of area AUD, by code.
    package static let audioRules: [Rule] = []
}

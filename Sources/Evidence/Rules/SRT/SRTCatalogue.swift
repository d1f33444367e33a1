extension Rule {
    /// Every rule of area SRT, by code.
    package static let srtpRules: [Rule] = []
}

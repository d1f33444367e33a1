extension Rule {
    /// Every rule of area FLW, by code.
    package static let flowRules: [Rule] = [.flw001, .flw002, .flw003, .flw004]
}

extension Rule {
    /// Every rule of area OUT, by code.
    package static let outputRules: [Rule] = [.out001, .out003, .out004]
}

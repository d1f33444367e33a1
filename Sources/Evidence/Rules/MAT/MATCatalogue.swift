extension Rule {
    /// Every rule of area MAT, by code.
    package static let matchingRules: [Rule] = [
        .mat001, .mat002, .mat003, .mat004, .mat005, .mat006, .mat007, .mat008, .mat009, .mat010, .mat011, .mat012, .mat013, .mat014,
        .mat015,
    ]
}

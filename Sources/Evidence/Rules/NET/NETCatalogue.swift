extension Rule {
    /// Every rule of area NET, by code.
    package static let networkRules: [Rule] = [.net001, .net002, .net003, .net004, .net005, .net006, .net007, .net008, .net009, .net010]
}

extension Rule {
    /// Every rule of area AUD, by code.
    package static let audioRules: [Rule] = [
        .aud001, .aud002, .aud003, .aud004, .aud005,
    ]
}

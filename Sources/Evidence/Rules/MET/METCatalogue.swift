extension Rule {
    /// Every rule of area MET, by code.
    package static let metadataRules: [Rule] = [
        .met001, .met002, .met003, .met004, .met005, .met006, .met007, .met008, .met009,
        .met010, .met011, .met012, .met013, .met014, .met015, .met016, .met017,
        .met018, .met019, .met020,
    ]
}

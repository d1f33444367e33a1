extension Rule {
    /// Every rule of area CAP, by code.
    package static let captureRules: [Rule] = [
        .cap001, .cap002, .cap003, .cap004, .cap005, .cap006, .cap007, .cap008, .cap009, .cap010, .cap011, .cap012, .cap013, .cap014, .cap015,
        .cap016, .cap017, .cap030, .cap031,
    ]
}

extension Rule {
    /// Every rule of area SRT, by code.
    package static let srtpRules: [Rule] = [
        .srt001, .srt002, .srt003, .srt004, .srt005, .srt006, .srt007, .srt008,
    ]
}

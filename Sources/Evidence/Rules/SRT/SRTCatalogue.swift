extension Rule {
    /// Every rule of area SRT, by code.
    package static let srtpRules: [Rule] = [
        .srt001, .srt002, .srt003, .srt004, .srt005, .srt006, .srt007, .srt008, .srt009, .srt010, .srt011, .srt012, .srt013, .srt014, .srt015,
        .srt016, .srt017, .srt018, .srt019, .srt020, .srt021, .srt022, .srt023, .srt024, .srt025, .srt026,
    ]
}

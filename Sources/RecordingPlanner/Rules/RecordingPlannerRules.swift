package import Evidence

/// What this module can raise.
package enum RecordingPlannerRules {
    /// By code.
    package static var all: [Rule] {
        [
            .aud004, .aud005, .aud010, .cap017, .flw001, .flw002, .flw003, .flw004, .mat001, .mat002, .mat003, .mat004, .mat005, .mat006,
            .mat007, .mat008, .mat009, .mat010, .mat011, .mat012, .mat013, .mat015, .mat030, .mat031, .mat040, .mat041, .met046, .rtp002, .rtp003,
            .rtp007, .rtp008, .rtp009, .rtp010,
            .rtp011, .rtp012, .rtp013, .rtp014, .rtp015, .rtp016, .rtp018, .srt002, .srt003, .srt005, .srt008, .srt010, .srt011, .srt012,
            .srt013, .srt014, .srt015, .srt016, .srt017, .srt018, .srt019, .srt020, .srt021, .srt022, .srt023, .srt024, .srt025,
        ]
    }
}

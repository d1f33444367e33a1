/// An audio file of a recording as it stands on disk.
struct WrittenTrack {
    let track: PlannedTrack
    let file: WrittenFile
    /// Seconds from the recording's start to its first frame.
    var start = 0.0
    /// What was mixed, where it is such a file.
    var mix: MixNote?
}

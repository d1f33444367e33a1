package import RecordingPlan
package import RecordingRecords

/// An audio file of a recording as it stands on disk.
package struct WrittenTrack: Sendable {
    package let track: PlannedTrack
    package let file: WrittenFile
    /// Seconds from the recording's start to its first frame.
    package internal(set) var start = 0.0
    /// What was mixed, where it is such a file.
    package internal(set) var mix: MixNote?
}

/// What the sidecar says of a mix.
package struct MixNote: Sendable {
    /// Who is heard on one channel.
    package struct Channel: Sendable, Equatable {
        package let participants: [String]
        /// Stream ids.
        package let streams: [String]
    }

    package let channels: [Channel]
    /// What every sample was multiplied with.
    package let gain: Double
    /// Names of `--channels` that nobody goes by.
    package let unheard: [String]
}

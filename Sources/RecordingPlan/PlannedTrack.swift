package import RecordingRecords

/// One audio file to be.
package struct PlannedTrack: Sendable {
    /// `audio/henry-nakamura.wav`.
    package var path: String
    package let isMix: Bool
    package var participants: [String]
    /// Stream ids.
    package var streams: [String]
    /// Highest native rate among the codecs, hertz.
    package var sampleRate: Int
    package var channels: Int
    /// Set where its sound is kept as it came.
    package var native: NativeCoding?
    /// Why it is not, though that was asked for.
    package var nativeObjection: String?

    package init(path: String, isMix: Bool, participants: [String], streams: [String], sampleRate: Int, channels: Int) {
        self.path = path
        self.isMix = isMix
        self.participants = participants
        self.streams = streams
        self.sampleRate = sampleRate
        self.channels = channels
    }
}

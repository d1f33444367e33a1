/// An audio file whose sound is kept in the coding that it came in.
package struct CodedAudioFile: Sendable {
    /// Relative to the recording's folder.
    package let path: String
    package let coding: NativeCoding
    /// Frames a second as they are appended; 48000 for Opus.
    package let sampleRate: Int
    package let channels: Int
    /// Frames at the beginning that a player leaves out; Opus only (pre-skip, RFC 7845 section 4.2).
    package let lead: Int
    package let description: AudioDescription

    package init(path: String, coding: NativeCoding, sampleRate: Int, channels: Int, lead: Int, description: AudioDescription) {
        self.path = path
        self.coding = coding
        self.sampleRate = sampleRate
        self.channels = channels
        self.lead = lead
        self.description = description
    }
}

/// Where recordings go.
public enum RenderDestination: Sendable {
    /// A folder: absent, empty, or written by an earlier run, whose recordings of the same name are replaced. Each recording appears in it whole.
    case folder(String)
    /// Somebody who takes samples instead of files.
    case sink(any RecordingSink)
}

/// One audio track of a recording, as a sink is handed it.
public struct AudioTrack: Sendable, Hashable, Identifiable {
    /// The path that its file would have in the recording's folder, for example `audio/tina.wav`. Unique in its recording.
    public let id: String
    /// Ids of the participants who are heard.
    public let participants: [Recording.Participant.ID]
    /// Ids of the streams that it is made of.
    public let streams: [Recording.Stream.ID]
    /// Frames a second.
    public let sampleRate: Int
    /// Samples of one frame.
    public let channels: Int
    /// Whether it is the mix of all participants.
    public let isMix: Bool
}

/// Takes recordings instead of a folder. Recordings of several jobs begin on several threads.
public protocol RecordingSink: Sendable {
    /// Begins a recording; nil passes it over. Whatever is thrown ends this recording, not the others, and then the rendering throws
    /// ``SiprecapError/unwritable(path:reason:)``.
    func begin(_ recording: Recording) throws -> (any RecordingReceiver)?
}

/// Takes one recording: tracks, each from its first to its last frame, then files and the sidecar. Used by one thread at a time.
///
/// All tracks begin at the recording's start and have the same length, unless `options.audio.timeline` is `trimmed`. Tracks of one recording
/// are written in turns, a block here and a block there.
public protocol RecordingReceiver: AnyObject {
    /// Begins a track.
    func begin(_ track: AudioTrack) throws
    /// Appends samples, signed 16 bit, the channels of a frame one after the other. They are only borrowed.
    func append(_ samples: Span<Int16>, to track: AudioTrack) throws
    /// Appends digital silence: where nobody sent, or where something is missing. `frames` may be hours.
    func appendSilence(frames: Int64, to track: AudioTrack) throws
    /// The track is complete.
    func end(_ track: AudioTrack) throws
    /// A file that a folder would hold beside the audio, for example `metadata/0001.xml` or `signalling.txt`.
    func file(path: String, octets: [UInt8]) throws
    /// `recording.json` (docs/schema/recording.schema.json): participants, streams, gaps with causes, findings. Its list of files describes a track as
    /// a file of bare samples, the low octet first.
    func sidecar(json: [UInt8]) throws
    /// The recording is complete. Nothing comes after it.
    func end() throws
    /// The recording will not be completed: something failed, or the rendering was cancelled. Nothing comes after it.
    func abandon()
}

extension RecordingReceiver {
    /// Does nothing.
    public func end(_ track: AudioTrack) throws {}
    /// Does nothing.
    public func file(path: String, octets: [UInt8]) throws {}
    /// Does nothing.
    public func sidecar(json: [UInt8]) throws {}
    /// Does nothing.
    public func end() throws {}
    /// Does nothing.
    public func abandon() {}
}

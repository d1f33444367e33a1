import Evidence
import RecordingPlan
import RecordingRecords
import RecordingRender

/// One recording as it was written: what became of it, and what is missing.
public struct RenderedRecording: Sendable, Identifiable {
    /// A span of a stream that holds no media. It is silence in the audio, as long as it lasted.
    public struct Gap: Sendable {
        /// Id of the stream.
        public let stream: Recording.Stream.ID
        /// From the recording's start to the gap.
        public let offset: Duration
        /// How long it lasts.
        public let duration: Duration
        /// Packets that are missing or could not be used; 0 where none was sent or the number is not known.
        public let packets: Int
        /// Why: `network-loss`, `capture-drop`, `snap-length`, `file-missing`, `no-key`, `authentication-failure`, `codec-unsupported`,
        /// `discontinuous-transmission`, `hold`, `pause`, `not-negotiated` or `unknown`. More may be added.
        public let cause: String
        /// What speaks for the cause, where it is not the packets themselves.
        public let reason: String?
    }

    /// One audio file, or one track that was handed to a sink.
    public struct Audio: Sendable {
        /// Path relative to the recording's folder, for example `audio/tina.wav`.
        public let path: String
        /// Ids of those who are heard in it.
        public let participants: [Recording.Participant.ID]
        /// Frames a second.
        public let sampleRate: Int
        /// Samples of one frame.
        public let channels: Int
        /// Samples for each channel.
        public let frames: Int64
        /// From the recording's start to the first sample.
        public let offset: Duration
    }

    /// As ``Recording/id``.
    public let id: String
    /// Where it is below the output folder; of a sink, where it would be.
    public let folder: String
    /// When its first sample was heard.
    public let start: Timestamp
    /// How long its audio is.
    public let duration: Duration
    /// True only where nothing is known to be missing.
    public let isComplete: Bool
    /// Everybody who takes part.
    public let participants: [Recording.Participant]
    /// What is missing, stream by stream, in order of time.
    public let gaps: [Gap]
    /// Its audio.
    public let audio: [Audio]
    /// What its packets showed, and what survey and plan found of it.
    public let findings: [Finding]

    init(_ record: RecordingRecord, folder: String) {
        id = record.id
        self.folder = folder
        start = Timestamp(rfc3339: record.start) ?? Timestamp(nanoseconds: 0)
        duration = .seconds(record.duration.value)
        isComplete = record.complete
        participants = record.participants.map {
            Recording.Participant(
                id: $0.id, name: $0.names.last?.value, addressOfRecord: $0.aor, confidence: Recording.Confidence(rawValue: $0.confidence) ?? .none)
        }
        gaps = record.streams.flatMap { stream in
            stream.gaps.map {
                Gap(
                    stream: stream.id, offset: .seconds($0.offset.value), duration: .seconds($0.duration.value), packets: $0.packets, cause: $0.causeWord,
                    reason: $0.reason)
            }
        }
        audio = record.files.compactMap { file in
            guard let rate = file.sampleRate else { return nil }
            return Audio(
                path: file.path, participants: file.participants, sampleRate: rate, channels: file.channels ?? 1, frames: file.frames ?? 0,
                offset: .seconds(file.offset?.value ?? 0))
        }
        findings = record.findings.map(Finding.init)
    }
}

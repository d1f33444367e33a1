import Evidence
import RecordingFiles
import RecordingPlan
import RecordingRecords

/// A sink in the place of an output folder.
final class SinkOutput: RecordingOutput {
    struct Expected: Sendable {
        let recording: Recording
        let tracks: [PlannedTrack]
    }

    private let sink: any RecordingSink
    /// By folder.
    private let expected: [String: Expected]

    init(_ sink: any RecordingSink, _ plan: Plan) {
        self.sink = sink
        let all = zip(plan.recordings, plan.core.recordings).map { ($0.folder, Expected(recording: $0, tracks: $1.tracks)) }
        expected = Dictionary(all) { first, _ in first }
    }

    func begin(folder: String) throws(OutputFault) -> any RecordingWriter {
        guard let expected = expected[folder] else { throw OutputFault(path: folder, reason: "is not planned") }
        return SinkRecording(try attempt(folder) { try sink.begin(expected.recording) }, folder, expected)
    }
}

/// What a sink throws, as this side of it tells faults.
private func attempt<Value>(_ path: String, _ body: () throws -> Value) throws(OutputFault) -> Value {
    do { return try body() } catch { throw OutputFault(path: path, reason: "the sink refused: \(error)") }
}

/// One recording on its way to a sink; to nobody where the sink passes it over.
private final class SinkRecording: RecordingWriter {
    private let receiver: (any RecordingReceiver)?
    private let folder: String
    private let expected: SinkOutput.Expected
    private var isOver = false

    init(_ receiver: (any RecordingReceiver)?, _ folder: String, _ expected: SinkOutput.Expected) {
        self.receiver = receiver
        self.folder = folder
        self.expected = expected
    }

    deinit { abandon() }

    func openAudio(path: String, sampleRate: Int, channels: Int, description: AudioDescription) throws(OutputFault) -> any AudioWriter {
        let planned = expected.tracks.first { $0.path == path }
        let track = AudioTrack(
            id: path, participants: planned?.participants ?? expected.recording.participants.map(\.id),
            streams: planned?.streams ?? expected.recording.streams.map(\.id), sampleRate: sampleRate, channels: channels, isMix: planned?.isMix ?? true)
        try attempt(folder + "/" + path) { try receiver?.begin(track) }
        return SinkAudio(track, receiver, place: folder + "/" + path)
    }

    func openStore() throws(OutputFault) -> any SampleStore { try TemporarySamples.open() }

    func openCoded(_ file: CodedAudioFile) throws(OutputFault) -> any CodedAudioWriter {
        throw OutputFault(path: file.path, reason: "a sink takes samples, not coded sound")
    }

    func write(path: String, parts: [FilePart]) throws(OutputFault) -> WrittenFile {
        let place = folder + "/" + path
        var octets: [UInt8] = []
        for part in parts {
            guard case .octets(let own) = part else { throw OutputFault(path: place, reason: "quotes a file, and a sink keeps none") }
            octets += own
        }
        try attempt(place) {
            if path == RecordingRecord.fileName { try receiver?.sidecar(json: octets) } else { try receiver?.file(path: path, octets: octets) }
        }
        return WrittenFile(path: path, bytes: octets.count, sha256: OctetHash.sha256(of: octets) ?? "")
    }

    func finish() throws(OutputFault) {
        guard !isOver else { return }
        isOver = true
        try attempt(folder) { try receiver?.end() }
    }

    func abandon() {
        guard !isOver else { return }
        isOver = true
        receiver?.abandon()
    }
}

/// One track on its way to a sink.
private final class SinkAudio: AudioWriter {
    private let track: AudioTrack
    private let receiver: (any RecordingReceiver)?
    private let place: String
    private let hash = SampleHash()
    private var frames: Int64 = 0

    init(_ track: AudioTrack, _ receiver: (any RecordingReceiver)?, place: String) {
        self.track = track
        self.receiver = receiver
        self.place = place
    }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) { try append(samples.span.extracting(0..<min(count, samples.count))) }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        frames += Int64(samples.count / max(1, track.channels))
        hash.append(samples)
        do { try receiver?.append(samples, to: track) } catch { throw refused(error) }
    }

    func appendSilence(frames count: Int64) throws(OutputFault) {
        frames += count
        hash.appendSilence(samples: count * Int64(track.channels))
        do { try receiver?.appendSilence(frames: count, to: track) } catch { throw refused(error) }
    }

    func finish() throws(OutputFault) -> WrittenFile {
        do { try receiver?.end(track) } catch { throw refused(error) }
        guard let sha256 = hash.finish() else { throw OutputFault(path: place, reason: "cannot be hashed") }
        return WrittenFile(path: track.id, bytes: Int(frames) * track.channels * 2, sha256: sha256, frames: frames)
    }

    private func refused(_ error: any Error) -> OutputFault { OutputFault(path: place, reason: "the sink refused: \(error)") }
}

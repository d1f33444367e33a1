import Foundation
import Siprecap

/// `ListRecordings CAPTURE` lists what a capture holds; with `PARTICIPANT FILE` it also writes that participant's audio as bare 16-bit samples.
@main struct ListRecordings {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let plan = try await CaptureSet(paths: Array(arguments.prefix(1))).survey().plan()
        for recording in plan.recordings {
            print(recording.kind, recording.id, recording.start)
            for participant in recording.participants { print("  \(participant.displayName) (\(participant.confidence))") }
        }
        guard arguments.count == 3 else { return }
        let result = try await plan.render(to: .sink(Voice(of: arguments[1], file: arguments[2])))
        for gap in result.recordings.flatMap(\.gaps) { print("gap at \(gap.offset) for \(gap.duration): \(gap.cause)") }
    }
}

/// Writes the first recording in which somebody takes part.
struct Voice: RecordingSink {
    let of: String, file: String

    func begin(_ recording: Recording) throws -> (any RecordingReceiver)? {
        guard let participant = recording.participants.first(where: { $0.displayName == of }) else { return nil }
        guard FileManager.default.createFile(atPath: file, contents: nil), let handle = FileHandle(forWritingAtPath: file) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return VoiceFile(participant.id, handle)
    }
}

/// Takes the samples of one participant.
final class VoiceFile: RecordingReceiver {
    private let participant: String, handle: FileHandle

    init(_ participant: String, _ handle: FileHandle) { (self.participant, self.handle) = (participant, handle) }

    func begin(_ track: AudioTrack) { if track.participants == [participant] { print("\(track.id): \(track.sampleRate) Hz, \(track.channels) channels") } }

    func append(_ samples: Span<Int16>, to track: AudioTrack) throws {
        if track.participants == [participant] { try samples.withUnsafeBytes { try handle.write(contentsOf: $0) } }
    }

    func appendSilence(frames: Int64, to track: AudioTrack) throws {
        if track.participants == [participant] { try handle.write(contentsOf: Data(count: Int(frames) * track.channels * 2)) }
    }
}

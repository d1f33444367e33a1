import CaptureSurvey
import Evidence
import Foundation
import PacketInput
import RecordingPlan
import RecordingRecords
import Synchronization

/// An audio file in memory; silence takes none.
struct MemoryAudio: Sendable, Equatable {
    var sampleRate: Int
    var channels: Int
    var description: AudioDescription
    /// Samples and where they begin, interleaved.
    private(set) var parts: [Part] = []
    private(set) var frames: Int64 = 0

    struct Part: Sendable, Equatable {
        var start: Int64
        var samples: [Int16]
    }

    init(sampleRate: Int, channels: Int, description: AudioDescription) {
        self.sampleRate = sampleRate
        self.channels = channels
        self.description = description
    }

    mutating func append(_ samples: ArraySlice<Int16>) {
        if let last = parts.last, last.start + Int64(last.samples.count / channels) == frames {
            parts[parts.count - 1].samples += samples
        } else {
            parts.append(Part(start: frames, samples: Array(samples)))
        }
        frames += Int64(samples.count / channels)
    }

    mutating func appendSilence(_ count: Int64) { frames += count }

    /// All samples of a file that is not longer than a minute or so.
    var samples: [Int16] {
        guard frames < 10_000_000 else { return [] }
        var out = [Int16](repeating: 0, count: Int(frames) * channels)
        for part in parts { out.replaceSubrange(Int(part.start) * channels..<Int(part.start) * channels + part.samples.count, with: part.samples) }
        return out
    }
}

/// A coded audio file in memory.
struct MemoryCoded: Sendable, Equatable {
    var coding: NativeCoding
    var lead: Int
    var channels: Int
    var start: CaptureTime
    /// Packets, or runs of octets, with their frames.
    var parts: [[UInt8]] = []
    var partFrames: [Int] = []
    var frames: Int64 = 0
}

/// What a finished recording left.
struct MemoryRecording: Sendable, Equatable {
    var audio: [String: MemoryAudio] = [:]
    var coded: [String: MemoryCoded] = [:]
    var files: [String: [UInt8]] = [:]
    var record: RecordingRecord?
}

/// Takes recordings as the layer above would: nothing is there before `finish`.
final class MemoryOutput: RecordingOutput {
    private struct State {
        var finished: [String: MemoryRecording] = [:]
        var begun = 0
        var abandoned = 0
    }

    private let state = Mutex(State())
    /// Recordings after which nothing more can be written.
    private let failsAfter: Int

    init(failsAfter: Int? = nil) { self.failsAfter = failsAfter ?? .max }

    var finished: [String: MemoryRecording] { state.withLock { $0.finished } }
    var begun: Int { state.withLock { $0.begun } }
    var abandoned: Int { state.withLock { $0.abandoned } }

    func begin(folder: String) throws(OutputFault) -> any RecordingWriter {
        if state.withLock({ $0.begun >= failsAfter }) { throw OutputFault(path: folder, reason: "no space left") }
        state.withLock { $0.begun += 1 }
        return MemoryWriter(folder, self)
    }

    fileprivate func finish(_ folder: String, _ recording: MemoryRecording) { state.withLock { $0.finished[folder] = recording } }
    fileprivate func abandon() { state.withLock { $0.abandoned += 1 } }
}

private final class MemoryWriter: RecordingWriter {
    private let folder: String
    private let output: MemoryOutput
    var recording = MemoryRecording()
    private var isUsedUp = false

    init(_ folder: String, _ output: MemoryOutput) {
        self.folder = folder
        self.output = output
    }

    func openAudio(path: String, sampleRate: Int, channels: Int, description: AudioDescription) throws(OutputFault) -> any AudioWriter {
        guard !isUsedUp, recording.audio[path] == nil else { throw OutputFault(path: path, reason: "opened twice or too late") }
        let audio = MemoryAudio(sampleRate: sampleRate, channels: channels, description: description)
        recording.audio[path] = audio
        return MemoryAudioWriter(path, audio, self)
    }

    func openCoded(_ file: CodedAudioFile) throws(OutputFault) -> any CodedAudioWriter {
        guard !isUsedUp, recording.coded[file.path] == nil else { throw OutputFault(path: file.path, reason: "opened twice or too late") }
        return MemoryCodedWriter(file, self)
    }

    func openStore() throws(OutputFault) -> any SampleStore { MemoryStore() }

    func write(path: String, parts: [FilePart]) throws(OutputFault) -> WrittenFile {
        guard !isUsedUp, recording.files[path] == nil else { throw OutputFault(path: path, reason: "written twice or too late") }
        let octets = parts.flatMap { part in
            switch part {
            case .octets(let octets): octets
            case .content(let path), .sha512(let path): Array("<\(path)>".utf8)
            }
        }
        recording.files[path] = octets
        if path == RecordingRecord.fileName { recording.record = try? JSONDecoder().decode(RecordingRecord.self, from: Data(octets)) }
        return WrittenFile(path: path, bytes: octets.count, sha256: String(repeating: "0", count: 64))
    }

    func finish() throws(OutputFault) {
        isUsedUp = true
        output.finish(folder, recording)
    }

    func abandon() {
        guard !isUsedUp else { return }
        isUsedUp = true
        output.abandon()
    }
}

private final class MemoryAudioWriter: AudioWriter {
    private let path: String
    private var audio: MemoryAudio
    private let writer: MemoryWriter

    init(_ path: String, _ audio: MemoryAudio, _ writer: MemoryWriter) {
        self.path = path
        self.audio = audio
        self.writer = writer
    }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) { audio.append(samples[..<count]) }
    func appendSilence(frames: Int64) throws(OutputFault) { audio.appendSilence(frames) }

    func finish() throws(OutputFault) -> WrittenFile {
        writer.recording.audio[path] = audio
        return WrittenFile(path: path, bytes: 44 + 2 * Int(audio.frames) * audio.channels, sha256: String(repeating: "0", count: 64), frames: audio.frames)
    }
}

private final class MemoryCodedWriter: CodedAudioWriter {
    private let path: String
    private var coded: MemoryCoded
    private let writer: MemoryWriter

    init(_ file: CodedAudioFile, _ writer: MemoryWriter) {
        path = file.path
        coded = MemoryCoded(coding: file.coding, lead: file.lead, channels: file.channels, start: file.description.start)
        self.writer = writer
    }

    func append(_ octets: [UInt8], frames: Int) throws(OutputFault) {
        coded.parts.append(octets)
        coded.partFrames.append(frames)
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile {
        coded.frames = frames
        writer.recording.coded[path] = coded
        return WrittenFile(path: path, bytes: coded.parts.reduce(0) { $0 + $1.count }, sha256: String(repeating: "0", count: 64), frames: frames)
    }
}

/// Samples in memory.
final class MemoryStore: SampleStore {
    private(set) var samples: [Int16]

    init(_ samples: [Int16] = []) { self.samples = samples }

    func append(_ more: Span<Int16>) throws(OutputFault) { for index in more.indices { samples.append(more[index]) } }
    func appendSilence(samples count: Int64) throws(OutputFault) { samples += [Int16](repeating: 0, count: Int(count)) }

    func read(_ count: Int, from start: Int64, into out: inout [Int16]) throws(OutputFault) {
        guard start < samples.count else { return }
        out += samples[Int(start)..<min(samples.count, Int(start) + count)]
    }
}

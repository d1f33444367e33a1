import Foundation
import Siprecap
import Synchronization

/// What siprecap made of captures, as far as a transformation that keeps the truth must not change it. Times are relative to an origin that the
/// test names; frame numbers, names of captures, ids of recordings and the reasons of matches are left out.
struct Outcome: Sendable {
    struct Track: Sendable {
        let sampleRate: Int
        let channels: Int
        /// Nanoseconds from the origin to the first frame.
        let start: Int64
        var samples: [Int16]
    }

    struct Gap: Sendable {
        /// Seconds from the start of the recording.
        let offset: Double
        let duration: Double
        let packets: Int
        let cause: String
    }

    struct Stream: Sendable {
        let files: [String]
        let gaps: [Gap]
        /// Names of its codecs.
        let codecs: Set<String>
    }

    struct Recording: Sendable {
        /// By name, for example `stream s1 gaps`.
        var facts: [String: String]
        /// By the path of the file.
        var tracks: [String: Track]
        var streams: [Stream] = []
        /// Sorts recordings.
        let key: String
    }

    /// In order of their Call-IDs, streams and starts.
    var recordings: [Recording]

    func union(_ other: Outcome) -> Outcome { Outcome(recordings: recordings + other.recordings) }

    init(recordings: [Recording]) { self.recordings = recordings.sorted { $0.key < $1.key } }

    /// Runs siprecap in this process over captures in memory.
    init(_ captures: [Capture], origin: Int64, options: Options = Options()) async throws {
        let files = captures.enumerated().map { (name: "capture-\($0.offset).pcap", octets: $0.element.pcap()) }
        try await self.init(files: files, origin: origin, options: options)
    }

    init(files: [(name: String, octets: [UInt8])], origin: Int64, options: Options) async throws {
        if let folder = Setting.dump {
            for file in files { try Data(file.octets).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
        }
        var options = options
        options.jobs = 1
        options.files.writesReport = false
        let collector = Collector()
        _ = try await CaptureSet(octets: files).survey(options).plan(options).render(to: .sink(collector))
        self.init(recordings: try collector.receivers.withLock(\.self).map { try Recording($0, origin: origin) })
    }
}

private final class Collector: RecordingSink, Sendable {
    let receivers = Mutex<[Receiver]>([])

    func begin(_ recording: Siprecap.Recording) throws -> (any RecordingReceiver)? {
        let receiver = Receiver()
        receivers.withLock { $0.append(receiver) }
        return receiver
    }
}

private final class Receiver: RecordingReceiver, @unchecked Sendable {
    var tracks: [AudioTrack] = []
    var samples: [AudioTrack.ID: [Int16]] = [:]
    var json: [UInt8] = []

    func begin(_ track: AudioTrack) throws {
        tracks.append(track)
        samples[track.id] = []
    }
    func append(_ new: Span<Int16>, to track: AudioTrack) throws { new.withUnsafeBufferPointer { samples[track.id]?.append(contentsOf: $0) } }
    func appendSilence(frames: Int64, to track: AudioTrack) throws {
        // An hour of silence that should not be there is told by the facts.
        samples[track.id]?.append(contentsOf: repeatElement(0, count: min(Int(frames) * track.channels, 10_000_000)))
    }
    func sidecar(json: [UInt8]) throws { self.json = json }
}

extension Outcome.Recording {
    fileprivate init(_ receiver: Receiver, origin: Int64) throws {
        let sidecar = try JSONSerialization.jsonObject(with: Data(receiver.json)) as? [String: Any] ?? [:]
        let facts = FactList(sidecar, origin: origin).facts
        let start = FactList.nanoseconds(sidecar["start"]) ?? 0
        var offsets: [String: Int64] = [:]
        for file in FactList.objects(sidecar["files"]) {
            if let path = file["path"] as? String, let offset = file["offset"] as? Double { offsets[path] = Int64((offset * 1e9).rounded()) }
        }
        let tracks = receiver.tracks.map { track in
            let samples = receiver.samples[track.id] ?? []
            let begin = start - origin + (offsets[track.id] ?? 0)
            return (track.id, Outcome.Track(sampleRate: track.sampleRate, channels: track.channels, start: begin, samples: samples))
        }
        let streams = FactList.objects(sidecar["streams"]).map { stream in
            let gaps = FactList.objects(stream["gaps"]).map {
                Outcome.Gap(
                    offset: $0["offset"] as? Double ?? 0, duration: $0["duration"] as? Double ?? 0, packets: $0["packets"] as? Int ?? 0,
                    cause: $0["cause"] as? String ?? "")
            }
            let codecs = FactList.objects(stream["flows"]).flatMap { FactList.objects($0["codecs"]).compactMap { $0["name"] as? String } }
            return Outcome.Stream(files: stream["files"] as? [String] ?? [], gaps: gaps, codecs: Set(codecs))
        }
        self.init(
            facts: facts, tracks: Dictionary(tracks) { first, _ in first }, streams: streams,
            // What it is, before when it is: the starts of two may be as good as the same.
            key: FactList.objects(sidecar["dialogs"]).compactMap { $0["callID"] as? String }.sorted().joined(separator: " ") + (facts["streams"] ?? "")
                + String(format: " %015d ", start - origin) + receiver.tracks.map(\.id).joined(separator: " "))
    }
}

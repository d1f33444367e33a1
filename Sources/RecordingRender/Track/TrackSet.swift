import Evidence
import MediaCodecs
import RecordingPlan
import RecordingRecords
import StreamMatching

/// The tracks of one recording, each begun when first asked for: memory follows what is live, not what is planned.
struct TrackSet: ~Copyable {
    /// One in each that is begun.
    private var tracks: OwnedArray<OwnedArray<TrackRenderer>>
    /// Nil in the set that stands for none.
    private let maker: TrackMaker?

    /// No tracks.
    init() {
        tracks = OwnedArray()
        maker = nil
    }

    init(_ maker: TrackMaker) {
        tracks = OwnedArray(count: maker.planned.tracks.count) { _ in OwnedArray() }
        self.maker = maker
    }

    var indices: Range<Int> { tracks.indices }

    /// Makes sure that the track is there.
    mutating func begin(_ number: Int) {
        guard tracks[number].isEmpty, let maker else { return }
        tracks[number] = OwnedArray(count: 1) { _ in maker.make(number) }
    }

    func isBegun(_ number: Int) -> Bool { !tracks[number].isEmpty }

    /// A track that was begun.
    subscript(number: Int) -> TrackRenderer {
        @inline(__always) _read { yield tracks[number][0] }
        @inline(__always) _modify { yield &tracks[number][0] }
    }
}

/// What the tracks of a recording are made of.
final class TrackMaker {
    let planned: PlannedRecording
    private let rows: ContiguousArray<FlowRow>
    private let options: ReconstructionOptions
    private let folder: RecordingFolder
    private let blockSamples: Int

    init(_ planned: PlannedRecording, rows: ContiguousArray<FlowRow>, options: ReconstructionOptions, folder: RecordingFolder, blockSamples: Int) {
        self.planned = planned
        self.rows = rows
        self.options = options
        self.folder = folder
        self.blockSamples = blockSamples
    }

    func make(_ number: Int) -> TrackRenderer {
        let track = planned.tracks[number]
        let length = max(0, planned.lastArrival.seconds(since: planned.start))
        var description = describe(track)
        description.expectedSeconds = length
        // What a capture of this length can hold, and a minute; positions beyond come from lying timestamps.
        let frames = Int64((min(length, options.limits.gapSeconds * 60) + 60) * Double(track.sampleRate))
        return TrackRenderer(
            track, description: description, folder: folder,
            settings: TrackSettings(
                maximumFrames: frames, blockSamples: blockSamples, isTrimmed: options.timeline == .trimmed, measuresPeaks: options.writesReport,
                isMixed: options.mix != .none))
    }

    private func describe(_ track: PlannedTrack) -> AudioDescription {
        let names = track.participants.map { planned.name(of: $0) }
        var history: [String] = []
        for stream in planned.streams where track.streams.contains(stream.id) {
            for flow in stream.flows {
                for codec in flow.audioCodecs(rows[flow.flow]) {
                    let line = "A=\(codec.encoding),F=\(codec.audioRate ?? codec.clockRate.hertz),M=\(track.channels > 1 ? "stereo" : "mono"),T=RTP"
                    if !history.contains(line) { history.append(line) }
                }
            }
        }
        return AudioDescription(
            description: names.joined(separator: ", "), originator: "siprecap", originatorReference: planned.id, start: planned.start, codingHistory: history)
    }
}

import Evidence
import MediaCodecs
import RecordingPlan
import RecordingRecords
import StreamMatching

/// Which audio files a recording gets and which part of which flow goes to each (contract section 4, last paragraphs).
///
/// A participant who sends on several streams one after the other has one file; on several at the same time, one file a stream, never a
/// mix. A stream to which several participants send has one file that names them all.
struct TrackPlanner {
    private struct Used {
        var from: CaptureTime
        var until: CaptureTime
    }

    /// Overlap that a change of stream or source may have without being "at the same time", seconds.
    private static let tolerance = 0.5
    /// Fewer packets than this, at the same time as a longer source, are no second voice but a stray.
    private static let fewestPackets = 10
    /// Seconds for which the first packets of a source are held until its place is known: a stray between them must not take their place.
    private static let holdSeconds = 0.5

    private let limit: Int
    private let format: AudioFormat

    private var owners: [String] = []
    private var used: [[Used]] = []
    /// Latest `until` of each track's `used`.
    private var ends: [CaptureTime] = []
    private(set) var tracks: [PlannedTrack] = []

    /// Gives every audio piece of the recording a track.
    ///
    /// Returns the flows that got none because the recording has `limit` tracks, or because they are too short to deserve one of their own.
    static func plan(_ recording: inout PlannedRecording, rows: ContiguousArray<FlowRow>, limit: Int, format: AudioFormat) -> [Int] {
        var planner = TrackPlanner(limit: limit, format: format)
        var refused: [Int] = []
        for stream in recording.streams.indices where recording.streams[stream].media == "audio" {
            for flow in recording.streams[stream].flows.indices {
                let planned = recording.streams[stream].flows[flow]
                let row = rows[planned.flow]
                if planned.isOnlyRepair(rows[planned.flow]) { continue }
                for piece in planned.pieces.indices {
                    let part = planned.pieces[piece].piece
                    let track = planner.track(
                        for: part, of: recording.streams[stream], flow: planned, row: row, names: recording.participants)
                    recording.streams[stream].flows[flow].pieces[piece].track = track
                    if track == nil { refused.append(planned.flow) }
                }
            }
            // What repairs other packets is heard where they are.
            let first = recording.streams[stream].flows.flatMap(\.pieces).compactMap(\.track).first
            for (flow, planned) in recording.streams[stream].flows.enumerated() where planned.isOnlyRepair(rows[planned.flow]) {
                for piece in recording.streams[stream].flows[flow].pieces.indices { recording.streams[stream].flows[flow].pieces[piece].track = first }
            }
        }
        recording.tracks = planner.tracks
        return refused
    }

    private init(limit: Int, format: AudioFormat) {
        self.limit = limit
        self.format = format
    }

    private mutating func track(
        for piece: FlowPiece, of stream: PlannedStream, flow: PlannedFlow, row: FlowRow, names: [PlannedParticipant]
    ) -> Int? {
        let owner: String
        let stem: String
        switch piece.participants.count {
        case 0:
            owner = "stream \(stream.id)"
            stem = stream.label.map { "label-\($0)" } ?? "\(row.path.source)-\(row.ssrc)"
        case 1:
            owner = "participant \(piece.participants[0])"
            stem = names.first { $0.id == piece.participants[0] }?.fileStem ?? piece.participants[0]
        default:
            owner = "mix \(stream.id) \(piece.participants)"
            stem = "mix-" + (stream.label.map { "label-\($0)" } ?? stream.id)
        }
        let span = Used(from: max(piece.from, row.firstArrival), until: min(piece.until, row.lastArrival))
        let codecs = flow.audioCodecs(row)
        let rate = format.storedRate(codecs.compactMap(\.audioRate).max() ?? 8000)
        let channels = min(2, codecs.map { Self.channels(of: $0) }.max() ?? 1)
        let candidates = owners.indices.filter { owners[$0] == owner }
        let free = candidates.filter { index in
            span.from >= ends[index]
                || !isStray(span, row, in: index)
                    && used[index].allSatisfy { min($0.until, span.until).seconds(since: max($0.from, span.from)) <= Self.tolerance }
        }
        if let index = free.first(where: { tracks[$0].streams.contains(stream.id) }) ?? free.first {
            used[index].append(span)
            ends[index] = max(ends[index], span.until)
            if !tracks[index].streams.contains(stream.id) { tracks[index].streams.append(stream.id) }
            tracks[index].sampleRate = max(tracks[index].sampleRate, rate)
            tracks[index].channels = max(tracks[index].channels, channels)
            return index
        }
        guard tracks.count < limit, candidates.isEmpty || row.packets >= Self.fewestPackets else { return nil }
        owners.append(owner)
        used.append([span])
        ends.append(span.until)
        let isSecond = !candidates.isEmpty
        tracks.append(
            PlannedTrack(
                path: FileName.unique("audio/", stem + (isSecond ? stream.label.map { "-\($0)" } ?? "" : ""), format.suffix, taken: tracks.map(\.path)),
                isMix: piece.participants.count > 1, participants: piece.participants, streams: [stream.id], sampleRate: rate, channels: channels))
        return tracks.count - 1
    }

    /// Whether these few packets lie among the first of another source.
    private func isStray(_ span: Used, _ row: FlowRow, in track: Int) -> Bool {
        row.packets < Self.fewestPackets
            && used[track].contains { $0.from <= span.from && span.until <= $0.until && span.from.seconds(since: $0.from) <= Self.holdSeconds }
    }

    /// Channels that a codec really carries: Opus is always declared with two (RFC 7587 section 7), so its parameters decide.
    private static func channels(of codec: CodecDescription) -> Int {
        guard codec.encoding == "OPUS" else { return codec.channels }
        let parameters = (codec.parameters ?? "").lowercased().filter { $0 != " " }.split(separator: ";")
        return parameters.contains("sprop-stereo=1") || parameters.contains("stereo=1") ? 2 : 1
    }
}

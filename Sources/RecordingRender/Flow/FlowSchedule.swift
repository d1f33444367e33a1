import Evidence
import MediaCodecs
import MediaPlayout
import RTPSyntax
import RecordingPlan
import StreamMatching

/// What holds for a flow's packets at each moment: the piece, and with it the track, that they belong to, and what their payload types mean.
struct FlowSchedule {
    /// When the running piece ends, and the next payload map begins.
    private(set) var pieceEnd = CaptureTime.distantPast
    private(set) var nextMap = CaptureTime.distantFuture
    private let pieces: [(piece: FlowPiece, track: Int?)]
    private let maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]
    let timing: FlowTiming
    /// Where the sound stands.
    let timeline: FlowTimeline?
    /// Packets that nothing describes may be telephone keys, which are not to be kept.
    private let hidesTones: Bool
    private var piece = -1
    private var mapIndex = 0

    init(_ planned: PlannedFlow, timing: FlowTiming, hidesTones: Bool) {
        pieces = planned.pieces
        maps = planned.payloadMaps
        self.timing = timing
        timeline = planned.timeline
        self.hidesTones = hidesTones
    }

    /// Whether no packet has come yet.
    var isBefore: Bool { piece < 0 }
    /// What payload types mean now.
    var map: [PayloadType: CodecDescription] { maps.indices.contains(mapIndex) ? maps[mapIndex].map : [:] }
    var hasText: Bool { maps.contains { $0.map.values.contains { $0.role == .text } } }

    func isPaused(at time: CaptureTime) -> Bool { timing.isPaused(at: time) }

    /// Number of the track that the running piece goes to; nil where it is not audio.
    var track: Int? { pieces.indices.contains(piece) ? pieces[piece].track : nil }

    /// Goes on to the piece that `time` falls in; false where there are no pieces.
    mutating func enterPiece(at time: CaptureTime) -> Bool {
        guard let index = pieces.firstIndex(where: { time < $0.piece.until }) ?? pieces.indices.last else { return false }
        piece = index
        pieceEnd = index == pieces.count - 1 ? .distantFuture : pieces[index].piece.until
        mapIndex = maps.lastIndex { $0.from <= time } ?? 0
        noteNextMap()
        return true
    }

    /// Goes on to the payload map of `time`.
    mutating func enterMap(at time: CaptureTime) {
        mapIndex = maps.lastIndex { $0.from <= time } ?? mapIndex
        noteNextMap()
    }

    private mutating func noteNextMap() { nextMap = mapIndex + 1 < maps.count ? maps[mapIndex + 1].from : .distantFuture }

    /// Whether a packet of this type is audio that nothing here decodes.
    func isUndecodable(_ type: PayloadType, at time: CaptureTime) -> Bool {
        if isPaused(at: time) { return false }
        guard let codec = map[type] else { return !hidesTones }
        return codec.role == .audio && !CodecRegistry.isSupported(codec)
    }
}

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
    /// When maps were offered that give a type another codec.
    private let offers: [Int: CaptureTime]
    /// The last packet while such an offer stands.
    private var last: (sequence: SequenceNumber, timestamp: RTPTimestamp)?
    /// What packets show while such an offer stands.
    private var verdict: CodecContest.Verdict?
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
        offers = planned.offers
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
        mapIndex = max(mapIndex, (maps.indices.dropFirst().first { !isOver($0, at: time) } ?? maps.count) - 1)
        noteNextMap()
        return true
    }

    /// Goes on to the payload map of a packet that has come at `nextMap` or later; `payload`: in clear, nil where it has none. False where the running
    /// map stays.
    mutating func enterMap(at time: CaptureTime, _ header: RTPHeader, _ payload: RawSpan?) -> Bool {
        let before = mapIndex
        while mapIndex + 1 < maps.count, isTaken(mapIndex + 1, at: time, header, payload) {
            mapIndex += 1
            verdict = nil
            last = nil
        }
        noteNextMap()
        return mapIndex != before
    }

    /// Seconds after the answer in which packets that show nothing are still of the codec before.
    private static let patience = 2.0

    /// Whether nobody asks any more whether a map holds.
    private func isOver(_ index: Int, at time: CaptureTime) -> Bool {
        time >= (offers[index] == nil ? maps[index].from : maps[index].from.advanced(bySeconds: Self.patience))
    }

    /// Whether the sender has taken up a map. Where a type gets another codec, packets say when: between offer and answer both may come, and the one
    /// before for a while after (RFC 3264 section 8.3.2).
    private mutating func isTaken(_ index: Int, at time: CaptureTime, _ header: RTPHeader, _ payload: RawSpan?) -> Bool {
        let answered = maps[index].from
        guard let offered = offers[index] else { return time >= answered }
        guard time >= offered, let old = maps[index - 1].map[header.payloadType], let new = maps[index].map[header.payloadType], let payload, old != new
        else { return isOver(index, at: time) }
        var step: Int?
        if let last, header.sequence.distance(from: last.sequence) == 1 { step = header.timestamp.distance(from: last.timestamp) }
        last = (header.sequence, header.timestamp)
        switch CodecContest(old, new).verdict(payload, step: step) {
        case .second: return true
        case .first:
            verdict = .first
            return false
        case nil: return time >= answered && (verdict == nil || isOver(index, at: time))
        }
    }

    private mutating func noteNextMap() {
        let next = mapIndex + 1
        nextMap = next < maps.count ? offers[next] ?? maps[next].from : .distantFuture
    }

    /// Whether a packet of this type is audio that nothing here decodes.
    func isUndecodable(_ type: PayloadType, at time: CaptureTime) -> Bool {
        if isPaused(at: time) { return false }
        guard let codec = map[type] else { return !hidesTones }
        return codec.role == .audio && !CodecRegistry.isSupported(codec)
    }
}

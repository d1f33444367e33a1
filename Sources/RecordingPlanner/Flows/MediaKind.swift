import CaptureSurvey
import Evidence
import MediaCodecs
import PayloadEvidence
import RTPSyntax
import RecordingPlan
import StreamMatching

/// What kind of media a flow carries that no session description names: sound, pictures, or what its packets do not tell.
///
/// Nothing is sound by default. A static payload type names its kind; a codec or events inferred from the packets are sound; so is what has a clock of
/// sound and one timestamp for each packet. Pictures have a clock of 90 kHz and are larger than a packet, or somebody asks for them.
struct MediaKind {
    /// As the sidecar has it: `audio`, `video` or `unknown`.
    let word: String
    /// What speaks for it, in words; nil for what is audio.
    let reason: String?
    /// An encoding that every sampled packet shows, and its payload type.
    private(set) var encoding: (type: PayloadType, codec: CodecDescription)?

    /// Octets of payload in the mean above which several packets with one timestamp are parts of a picture; events have four.
    private static let partSize = 100
    private static let pictureClock = 90_000

    /// `planned`: the flow with what was inferred of its payload types.
    init(_ flow: ObservedFlow, _ planned: PlannedFlow) {
        let row = flow.row
        let types = row.payloadTypes
        let isSound = types.contains { seen in
            planned.payloadMaps.contains { $0.map[seen.type].map { !Self.isPicture($0.encoding) } ?? false }
                || PayloadRegistry.meaning(of: seen.type)?.kind == .audio
        }
        if isSound {
            self.init(word: "audio", reason: nil)
            return
        }
        if let (entry, seen) = types.lazy.compactMap({ seen in PayloadRegistry.meaning(of: seen.type).map { ($0, seen) } }).first, entry.kind != .audio {
            self.init(word: "video", reason: "payload type \(seen.type.value) is \(entry.encoding)")
            return
        }
        if let named = planned.payloadMaps.lazy.flatMap(\.map).first(where: { entry in types.contains { $0.type == entry.key } }) {
            self.init(word: "video", reason: "payload type \(named.key.value) is \(named.value.encoding)")
            return
        }
        let clock = Self.clock(flow)
        let hasParts = Self.hasParts(flow)
        var reasons: [String] = []
        if clock == Self.pictureClock { reasons.append("timestamps run at 90000 per second") }
        if hasParts { reasons.append("several packets share one timestamp") }
        if flow.isAskedForPictures { reasons.append("RTCP asks its source for pictures") }
        let main = types.max { ($0.packets, $1.type.value) < ($1.packets, $0.type.value) }?.type
        let shape = planned.isSecure || clock != Self.pictureClock && !hasParts ? nil : main.flatMap { VideoShape.encoding(of: $0, samples: flow.samples) }
        if let shape { reasons.append("payloads are laid out as \(shape)") }
        if clock == Self.pictureClock && (hasParts || shape != nil) || flow.isAskedForPictures || hasParts && shape != nil {
            self.init(word: "video", reason: reasons.joined(separator: "; "))
            if let shape, let main, let rate = ClockRate(Self.pictureClock) { encoding = (main, CodecDescription(encoding: shape, clockRate: rate)) }
        } else if clock > 0, clock != Self.pictureClock, !hasParts, flow.step != nil {
            self.init(word: "audio", reason: nil)
        } else {
            self.init(word: "unknown", reason: reasons.isEmpty ? "its timestamps keep no usual clock" : reasons.joined(separator: "; "))
        }
    }

    private init(word: String, reason: String?) {
        self.word = word
        self.reason = reason
    }

    /// RTP clock by the arrivals, also of a flow that is too short for the survey's trace.
    private static func clock(_ flow: ObservedFlow) -> Int {
        if flow.clock > 0 { return flow.clock }
        let row = flow.row
        let seconds = row.lastArrival.seconds(since: row.firstArrival)
        let units = Double(row.lastTimestamp.distance(from: row.firstTimestamp))
        guard row.jumps == 0, seconds > 0.15, units > 0 else { return 0 }
        return [8000, 16_000, 48_000, 90_000].first { abs(units / seconds / Double($0) - 1) < 0.1 } ?? 0
    }

    /// Whether different packets have one timestamp, and are large enough to be parts of something.
    private static func hasParts(_ flow: ObservedFlow) -> Bool {
        guard flow.row.octets > flow.row.packets * partSize else { return false }
        let packets = EarlyPacket.inOrder(flow.early)
        let shared = zip(packets, packets.dropFirst()).count { $0.timestamp == $1.timestamp && $0.sequence != $1.sequence }
        return shared * 5 >= packets.count
    }

    private static func isPicture(_ encoding: String) -> Bool {
        [
            "H261", "H263", "H263-1998", "H263-2000", "H264", "H264-SVC", "H265", "H266", "VP8", "VP9", "AV1", "JPEG", "CELB", "NV", "MPV", "MP2T", "MP1S",
            "MP2P",
            "MP4V-ES", "VC1", "RAW", "BMPEG", "BT656", "DV", "THEORA",
        ].contains(encoding)
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout

/// Where the playout of a flow puts what it makes.
@safe struct FlowSink: PlayoutSink {
    /// The recording keeps it, too, for as long as it is live.
    var track: TrackRenderer? {
        didSet { unsafe borrowed = track.map { unsafe Unmanaged.passUnretained($0) } }
    }
    /// `track`, without being counted with every packet.
    private var borrowed: Unmanaged<TrackRenderer>?
    /// Number of the flow whose sound comes here.
    let flow: Int
    var first: Int64?
    var gaps: [PlayoutGap] = []

    init(flow: Int = -1) { self.flow = flow }

    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        if first == nil { first = position }
        unsafe borrowed?._withUnsafeGuaranteedRef { track in
            if track.speaker != flow { track.turn(to: flow) }
            track.place(samples, channels: channels, at: position)
        }
    }

    mutating func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool {
        guard let track = unsafe borrowed else { return false }
        if first == nil { first = position }
        return unsafe track._withUnsafeGuaranteedRef { track in
            if track.speaker != flow { track.turn(to: flow) }
            return track.place(frames: frames, channels: channels, at: position, filledBy: fill)
        }
    }

    mutating func keep(_ payload: RawSpan, frames: Int, at position: Int64) { track?.keep(payload, frames: frames, at: position) }

    mutating func gap(_ gap: PlayoutGap) {
        if gaps.count < 20_000 { gaps.append(gap) }
    }
}

extension PlayoutIncident {
    /// The finding's words.
    var words: String {
        switch kind {
        case .unsupportedCodec: "packets of a codec that is not supported; their time is silence"
        case .undecodable: "payloads that the decoder refused; their time is silence"
        case .unmappedPayloadType: "packets of a payload type that nothing describes; their time is silence"
        case .networkLoss: "packets are missing; their time is silence"
        case .reset: "sequence numbers or timestamps began anew"
        case .timestampDisagrees: "timestamps part from arrival times; the stream was placed anew"
        case .late: "packets came after their place had been given up"
        case .overlap: "audio overlapped what was already placed and was left out"
        case .gapBound: "the stream jumps further than one gap may last"
        case .stray: "single packets fit nowhere in the stream"
        case .otherClock: "timestamps run at another clock than the one described; the stream is placed by the clock that its packets show"
        case .timestampsAreNoTime: "timestamps do not count time; packets are given the length of their sound"
        case .concealed: "lost sound was made up by the decoder; the gaps say for how long"
        }
    }
}

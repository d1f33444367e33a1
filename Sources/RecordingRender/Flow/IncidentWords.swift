import MediaPlayout

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

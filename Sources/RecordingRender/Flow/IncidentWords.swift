import MediaPlayout

extension PlayoutIncident {
    /// The finding's words.
    var words: String {
        switch kind {
        case .unsupportedCodec: "packets of an unsupported codec; their time is silent"
        case .undecodable: "payloads that cannot be decoded; their time is silent"
        case .unmappedPayloadType: "packets of an undefined payload type; their time is silent"
        case .networkLoss: "packets are missing; their time is silent"
        case .reset: "sequence numbers or timestamps restarted"
        case .timestampDisagrees: "RTP timestamps disagree with arrival times; the stream was placed again by arrival"
        case .late: "packets arrived too late for their place in the audio"
        case .overlap: "audio overlapped earlier audio and was trimmed"
        case .gapBound: "the stream jumps by more than the longest gap allowed"
        case .stray: "stray packets match no part of the stream"
        case .otherClock: "RTP timestamps do not run at the clock rate in SDP; the stream is placed by the clock rate that its packets show"
        case .timestampsAreNoTime: "timestamps do not count time; each packet gets the length of its audio"
        case .concealed: "the decoder concealed lost audio; the gaps say for how long"
        }
    }
}

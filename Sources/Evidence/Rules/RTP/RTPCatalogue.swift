extension Rule {
    /// Every rule of area RTP, by code.
    package static let rtpRules: [Rule] = [
        .rtp001, .rtp002, .rtp003, .rtp006, .rtp007, .rtp008, .rtp009, .rtp010, .rtp011, .rtp012, .rtp013, .rtp014, .rtp015, .rtp016, .rtp017, .rtp018,
    ]
}

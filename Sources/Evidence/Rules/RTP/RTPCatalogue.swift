extension Rule {
    /// Every rule of area RTP, by code.
    package static let rtpRules: [Rule] = [
        .rtp001, .rtp002, .rtp003, .rtp006, .rtp007, .rtp008,
    ]
}

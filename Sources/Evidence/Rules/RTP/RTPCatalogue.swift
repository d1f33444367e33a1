extension Rule {
    /// Every rule of area RTP, by code.
    package static let rtpRules: [Rule] = []
}

extension Rule {
    /// Every rule of area SDP, by code.
    package static let sdpRules: [Rule] = []
}

extension Rule {
    /// Every rule of area SDP, by code.
    package static let sdpRules: [Rule] = [
        .sdp001, .sdp101, .sdp102, .sdp103, .sdp104, .sdp105, .sdp106, .sdp107,
        .sdp108,
    ]
}

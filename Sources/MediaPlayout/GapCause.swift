/// Why a span of a stream has no sound. The one list of causes: the raw value is the word of the sidecar.
package enum GapCause: String, Sendable, Hashable, CaseIterable, Codable {
    /// Sequence numbers are missing: the packets never reached the capture point.
    case networkLoss = "network-loss"
    /// The capture says that it dropped packets in this span, or its frames hold fewer octets than their headers announce although it cut none.
    case captureDrop = "capture-drop"
    /// Packets are there but cut by the snap length.
    case snapLength = "snap-length"
    /// One of the capture's files is absent.
    case fileMissing = "file-missing"
    /// Encrypted, and no key.
    case noKey = "no-key"
    /// Encrypted, and the tag does not verify.
    case authenticationFailure = "authentication-failure"
    /// Consecutive sequence numbers, but the timestamp moved on: the sender had nothing to send (comfort noise, DTMF, mute).
    case discontinuousTransmission = "discontinuous-transmission"
    case hold
    case pause
    /// The media line was another medium's, such as that of a fax, or closed: there was no such stream.
    case notNegotiated = "not-negotiated"
    /// Packets are there, but nothing here can decode them.
    case codecUnsupported = "codec-unsupported"
    case unknown
}

extension GapCause {
    /// Seconds of silence that nothing explains before a recording counts as incomplete: people pause, and streams begin and end a
    /// little apart, but a stream that stops for longer than this without hold, loss or DTX may have been cut off.
    package static let unexplainedSilence = 2.0

    /// Whether a gap of this cause may hold something that was said. `isEdge`: nothing says that the stream should have been there.
    package func isLoss(duration: Double, isEdge: Bool, packets: Int?) -> Bool {
        switch self {
        case .discontinuousTransmission, .hold, .pause, .notNegotiated: false
        // Packets that are known to be missing held something.
        case .unknown: !isEdge && duration >= Self.unexplainedSilence || (packets ?? 0) > 0
        case .networkLoss, .captureDrop, .snapLength, .fileMissing, .noKey, .authenticationFailure, .codecUnsupported: true
        }
    }
}

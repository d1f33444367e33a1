package import MediaPlayout

/// A span of a stream without media.
package struct GapRecord: Codable, Sendable, Equatable {
    package var start: String
    /// Seconds from the recording's start.
    package var offset: Seconds
    package var duration: Seconds
    /// Packets known to be missing; 0 where none was sent or the number is not known.
    package var packets: Int
    package var cause: GapCause
    /// True where the stream had not begun or was over, or nothing said that it should be there; absent otherwise.
    package var edge: Bool?
    /// What speaks for the cause, where it is not the packets themselves.
    package var reason: String?
    /// Seconds from its start on whose sound the decoder made up (`--conceal plc`); absent where all of it is silence.
    package var concealed: Seconds?
    /// Where packets are missing: the last one before them. Where packets could not be used: the first of these. Absent where no packet tells.
    package var first: PlaceRecord?
    /// The first packet after missing ones, or the last that could not be used.
    package var last: PlaceRecord?

    /// The cause as the sidecar writes it.
    package var causeWord: String { cause.rawValue }
    /// Whether packets came that could not be used, rather than none.
    package var hasUnusedPackets: Bool {
        switch cause {
        case .noKey, .authenticationFailure, .codecUnsupported, .snapLength: true
        case .networkLoss, .captureDrop, .fileMissing, .discontinuousTransmission, .hold, .pause, .notNegotiated, .unknown: false
        }
    }

    /// Whether this span may hold something that was said and is not in the audio.
    package var isLoss: Bool { cause.isLoss(duration: duration.value, isEdge: edge == true, packets: packets) }

    package init(
        start: String, offset: Seconds, duration: Seconds, packets: Int, cause: GapCause, reason: String? = nil, concealed: Seconds? = nil,
        first: PlaceRecord? = nil,
        last: PlaceRecord? = nil
    ) {
        self.start = start
        self.offset = offset
        self.duration = duration
        self.packets = packets
        self.cause = cause
        self.reason = reason
        self.concealed = concealed
        self.first = first
        self.last = last
    }
}

package import Evidence

/// How sure a match is; the reasons are in words beside it.
package enum MatchConfidence: String, Sendable, Comparable {
    case low, medium, high

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    package static func < (left: MatchConfidence, right: MatchConfidence) -> Bool { left.rank < right.rank }
}

/// An observed flow joined with the negotiated stream that it most likely is.
package struct FlowMatch: Sendable {
    /// Row in the flow table.
    package let flow: Int
    /// Index into the negotiated streams.
    package let stream: Int
    /// Sum of the evidence's weights; see `MatchEvidence`.
    package let score: Int
    package let confidence: MatchConfidence
    package let reasons: [String]
    /// Other streams that came within 20 points, best first.
    package let alternatives: [Int]

    /// The same flow with another stream, which `reason` speaks for.
    func moved(to stream: Int, _ confidence: MatchConfidence, _ reason: String) -> FlowMatch {
        let others = ([self.stream] + alternatives).filter { $0 != stream }
        return FlowMatch(
            flow: flow, stream: stream, score: score, confidence: min(self.confidence, confidence), reasons: reasons + [reason], alternatives: others)
    }
}

/// When a dialog was answered and ended, and where its parties' signalling comes from.
package struct DialogSpan: Sendable {
    let answered: CaptureTime?
    let end: CaptureTime?
    let clientHost: IPAddress?
    let serverHost: IPAddress?

    package init(answered: CaptureTime?, end: CaptureTime?, clientHost: IPAddress?, serverHost: IPAddress?) {
        self.answered = answered
        self.end = end
        self.clientHost = clientHost
        self.serverHost = serverHost
    }
}

/// What each piece of evidence weighs. Address and port of the answer weigh most: the receiver said "send it here".
package enum MatchEvidence {
    package static let destination = 40
    package static let source = 30
    package static let announcedSSRC = 40
    package static let identification = 40
    package static let foreignIdentification = -60
    package static let destinationPortOnly = 12
    package static let sourcePortOnly = 8
    package static let payloadType = 15
    package static let foreignPayloadType = -20
    package static let active = 5
    package static let wholeTime = 10
    /// Only where several streams fit: a host that signalling comes from, and each second outside of the call.
    package static let host = 12
    package static let outside = 10
    /// Only where several streams fit: a flow that begins before or after the time of the description that names its address.
    package static let notInForce = 20
    /// Only where several streams fit: the call has no end, and a later one names the same address.
    package static let abandoned = 5
    /// Below this a flow stays unmatched.
    package static let threshold = 30
}

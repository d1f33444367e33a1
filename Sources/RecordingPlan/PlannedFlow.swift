package import CaptureSurvey
package import Evidence
package import MediaCodecs
package import MediaPlayout
package import SRTPDecryption
package import StreamMatching

/// One flow of a stream, with what is needed to open and decode it.
package struct PlannedFlow: Sendable {
    /// Row in the flow table.
    package let flow: Int
    package let match: FlowMatch?
    /// Payload types from each moment on, in order of time; the first also holds for earlier packets.
    package var payloadMaps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]
    /// When a description was offered by which a payload type has another codec, by place in `payloadMaps`: until its sender takes it up, packets are
    /// decoded by what they are.
    package var offers: [Int: CaptureTime] = [:]
    /// Types whose meaning is a guess from their packets.
    package var inferredTypes: [PayloadType]
    /// Keys that may open it, and how sure that is.
    package let security: FlowKeys
    /// Names of suites that were negotiated but are not known.
    package let unsupportedSuites: [String]
    /// Which of the flow's packets belong to this recording: a recording session may carry several conversations one after the other.
    package var window = FlowWindow.whole
    /// Where its packets carry audio levels.
    package var levels = LevelIdentifiers.none
    /// Flows that carry the same packets to another recorder: each packet is taken from whichever has it first.
    package var twins: [Int] = []
    /// Flows with the same sound on other paths that are left out, as far as it is heard here. A part that is not has a planned flow of its own.
    package var copies: [Int] = []
    /// What its sender's reports say of its time; nil where that is no news.
    package var placement: FlowPlacement?
    /// Where its sound stands, judged over all of its packets; nil where they are too few or show no clock.
    package var timeline: FlowTimeline?
    /// What its receiver reports of it; nil where nothing was seen or opened.
    package var reception: HeardReports?
    /// When its source said that it leaves.
    package var goodbye: CaptureTime?
    /// Parts of the flow and the track each goes to; nil where the media is not audio.
    package var pieces: [(piece: FlowPiece, track: Int?)] = []

    package init(
        flow: Int, match: FlowMatch?, payloadMaps: [(from: CaptureTime, map: [PayloadType: CodecDescription])], inferredTypes: [PayloadType],
        security: FlowKeys, unsupportedSuites: [String]
    ) {
        self.flow = flow
        self.match = match
        self.payloadMaps = payloadMaps
        self.inferredTypes = inferredTypes
        self.security = security
        self.unsupportedSuites = unsupportedSuites
    }

    package var isSecure: Bool { security.isSecure }
    /// Master keys that may open it, the most likely first.
    package var keys: [SRTPMasterKey] { (security.keys + security.spare).map(\.master) }

    /// Media and RTCP take different ways: a source's last packets may come this long after its BYE, seconds.
    package static let goodbyeSlack = 1.0
}

/// The part of a flow that one recording uses.
package struct FlowWindow: Sendable, Equatable {
    /// Inclusive; `distantPast` for a whole flow.
    package let from: CaptureTime
    /// Exclusive; `distantFuture` for a whole flow.
    package let until: CaptureTime

    package init(from: CaptureTime, until: CaptureTime) {
        self.from = from
        self.until = until
    }

    package static let whole = FlowWindow(from: .distantPast, until: .distantFuture)

    package var isWhole: Bool { self == Self.whole }
}

/// What the reports of a flow's sender say of its time.
package struct FlowPlacement: Sendable, Equatable {
    /// Nanoseconds by which its sound belongs before where its arrivals put it; 0 where they stand.
    package let advance: Int64
    package let reason: String

    package init(advance: Int64, reason: String) {
        self.advance = advance
        self.reason = reason
    }
}

/// What a flow's receiver reports of it.
package struct HeardReports: Sendable {
    package let path: NetworkPath
    package let trace: ReceptionTrace

    package init(path: NetworkPath, trace: ReceptionTrace) {
        self.path = path
        self.trace = trace
    }
}

import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import StreamMatching
import TLSDecryption

/// What the survey keeps of one flow, as the plan looks at it.
struct ObservedFlow {
    /// Row in the flow table.
    let number: Int
    let row: FlowRow
    let early: [EarlyPacket]
    /// A few whole packets, each once.
    let samples: [[UInt8]]
    /// RTP clock that arrivals show, hertz; 0 where they show none.
    let clock: Int
    /// Packets that may be telephone events.
    let events: [EventTraces.Trace]
    /// A receiver asked its source for pictures.
    let isAskedForPictures: Bool
    /// A DTLS-SRTP handshake ran on its path before its last packet.
    let isAgreed: Bool

    /// The commonest step of the timestamp between its first packets.
    var step: Int? { EarlyPacket.step(of: early) }
}

/// All flows of a survey, with what is known of each before any key.
struct ObservedFlows {
    private let table: FlowTable
    private let samples: [[[UInt8]]]
    private let clocks: [Int]
    private let events: EventTraces
    private let pictures: Set<SSRC>
    /// When the first DTLS-SRTP handshake was seen on each path.
    private let agreed: [NetworkPath: CaptureTime]

    init(_ survey: Survey) {
        table = survey.flows
        samples = survey.samples.samples(ofFirst: survey.flows.rows.count).map(Self.once)
        clocks = survey.clocks.map(\.clock)
        events = survey.events
        pictures = survey.rtcp.values.reduce(into: []) { $0.formUnion($1.words.pictures) }
        var agreed: [NetworkPath: CaptureTime] = [:]
        for handshake in survey.handshakes where !handshake.keys.isEmpty || handshake.missing != nil {
            for path in [handshake.path, handshake.path.reversed] { agreed[path] = min(agreed[path] ?? handshake.time, handshake.time) }
        }
        self.agreed = agreed
    }

    /// Without those that repeat number and timestamp of the one before.
    private static func once(_ packets: [[UInt8]]) -> [[UInt8]] {
        packets.indices.filter { $0 == 0 || packets[$0].count < 8 || packets[$0][2..<8] != packets[$0 - 1].dropFirst(2).prefix(6) }.map { packets[$0] }
    }

    /// A few whole packets of a flow.
    func samples(of flow: Int) -> [[UInt8]] { samples[flow] }

    subscript(flow: Int) -> ObservedFlow {
        let row = table.rows[flow]
        return ObservedFlow(
            number: flow, row: row, early: Array(table.earlyPackets(of: flow)), samples: samples[flow], clock: flow < clocks.count ? clocks[flow] : 0,
            events: events.traces(of: flow), isAskedForPictures: pictures.contains(row.ssrc),
            isAgreed: agreed[row.path].map { $0 < row.lastArrival } ?? false)
    }
}

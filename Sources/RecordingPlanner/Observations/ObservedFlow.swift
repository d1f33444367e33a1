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
    var step: Int? { Self.step(early) }

    /// The commonest positive step of the timestamp between the first packets, in order of their numbers and each once: a mirror port shows them twice.
    static func step(_ early: [EarlyPacket]) -> Int? {
        var counts: [Int: Int] = [:]
        let packets = inOrder(early)
        for (before, after) in zip(packets, packets.dropFirst()) {
            // Of numbers that are missing every one had its step.
            let numbers = after.sequence.distance(from: before.sequence)
            let units = after.timestamp.distance(from: before.timestamp)
            guard numbers > 0, units % numbers == 0 else { continue }
            counts[units / numbers, default: 0] += 1
        }
        let best = counts.filter { $0.key > 0 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        guard let best, best.value * 2 >= packets.count - 1 else { return nil }
        return best.key
    }

    /// The first packets by their numbers, each once.
    static func inOrder(_ early: [EarlyPacket]) -> [EarlyPacket] {
        guard let first = early.first else { return [] }
        let sorted = early.enumerated().sorted {
            let left = $0.element.sequence.distance(from: first.sequence)
            let right = $1.element.sequence.distance(from: first.sequence)
            return left != right ? left < right : $0.offset < $1.offset
        }.map(\.element)
        return sorted.indices.filter { $0 == 0 || sorted[$0].sequence != sorted[$0 - 1].sequence || sorted[$0].timestamp != sorted[$0 - 1].timestamp }
            .map { sorted[$0] }
    }
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

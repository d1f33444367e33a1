import CaptureSurvey
import Evidence
import RecordingPlan
import StreamMatching
import TLSDecryption

/// What the survey keeps of one flow, as the plan looks at it.
struct ObservedFlow {
    /// Row in the flow table.
    let number: Int
    let row: FlowRow
    let early: [EarlyPacket]
    /// A few whole packets.
    let samples: [[UInt8]]
    /// A DTLS-SRTP handshake ran on its path before its last packet.
    let isAgreed: Bool

    /// The commonest step of the timestamp between its first packets.
    var step: Int? { Self.step(early) }

    /// The commonest positive step of the timestamp between the first packets.
    static func step(_ early: [EarlyPacket]) -> Int? {
        var counts: [Int: Int] = [:]
        for (before, after) in zip(early, early.dropFirst()) { counts[after.timestamp.distance(from: before.timestamp), default: 0] += 1 }
        let best = counts.filter { $0.key > 0 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        guard let best, best.value * 2 >= early.count - 1 else { return nil }
        return best.key
    }
}

/// All flows of a survey, with what is known of each before any key.
struct ObservedFlows {
    private let table: FlowTable
    private let samples: [[[UInt8]]]
    /// When the first DTLS-SRTP handshake was seen on each path.
    private let agreed: [NetworkPath: CaptureTime]

    init(_ survey: Survey) {
        table = survey.flows
        samples = survey.samples.samples(ofFirst: survey.flows.rows.count)
        var agreed: [NetworkPath: CaptureTime] = [:]
        for handshake in survey.handshakes where !handshake.keys.isEmpty || handshake.missing != nil {
            for path in [handshake.path, handshake.path.reversed] { agreed[path] = min(agreed[path] ?? handshake.time, handshake.time) }
        }
        self.agreed = agreed
    }

    /// A few whole packets of a flow.
    func samples(of flow: Int) -> [[UInt8]] { samples[flow] }

    subscript(flow: Int) -> ObservedFlow {
        let row = table.rows[flow]
        return ObservedFlow(
            number: flow, row: row, early: Array(table.earlyPackets(of: flow)), samples: samples[flow],
            isAgreed: agreed[row.path].map { $0 < row.lastArrival } ?? false)
    }
}

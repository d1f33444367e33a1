import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import StreamMatching

/// Flows that no description explains, by the hosts between which they go.
struct StrayFlows {
    private struct Hosts: Hashable {
        let source: IPAddress
        let destination: IPAddress
    }

    private var flows: [Hosts: [FlowRow]] = [:]
    /// Hosts that sent media of any kind.
    private var senders: Set<IPAddress> = []

    init() {}

    /// `all`: of the capture, also those that a description explains.
    init(_ rows: [FlowRow], all: ContiguousArray<FlowRow>) {
        for row in all { senders.insert(row.path.source.address) }
        for row in rows { flows[Hosts(source: row.path.source.address, destination: row.path.destination.address), default: []].append(row) }
    }

    func sends(_ host: IPAddress) -> Bool { senders.contains(host) }

    func between(_ source: Endpoint, _ destination: Endpoint) -> [FlowRow] {
        flows[Hosts(source: source.address, destination: destination.address)] ?? []
    }
}

/// Why a stream that was agreed on has no packet, as far as the capture tells.
struct AbsentMedia {
    let survey: Survey
    let stream: NegotiatedStream
    let strays: StrayFlows

    /// Words for the reader: the strongest evidence that there is.
    var reason: String {
        for epoch in stream.epochs.reversed() where epoch.isActive {
            guard let source = epoch.source, let destination = epoch.destination else { continue }
            let path = NetworkPath(source: source, destination: destination)
            for control in path.controlPaths {
                guard let words = survey.rtcp[control]?.words,
                    let report = words.reports.values.filter({ $0.packetCount > 0 }).max(by: { $0.packetCount < $1.packetCount })
                else { continue }
                return "sender reports count \(report.packetCount) packets, so they were lost before the capture or took another path"
            }
            let others = strays.between(source, destination).filter { row in
                row.lastArrival >= epoch.from && epoch.until.map { row.firstArrival <= $0 } ?? true
            }
            if let row = others.first {
                return "\(row.path.source) sends to \(row.path.destination), which is in no SDP: the media may go to the wrong port"
            }
        }
        let hosts = Set(stream.epochs.compactMap(\.source?.address))
        if hosts.contains(where: strays.sends) {
            return "other media from its host was captured, so most likely it was never sent"
        }
        return "nothing shows whether it was sent: no media from its host was captured"
    }
}

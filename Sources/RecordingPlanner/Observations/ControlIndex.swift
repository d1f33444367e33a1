import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import StreamMatching

/// Finds the RTCP that belongs to a flow: what its source says of itself, and what its receiver says of it.
struct ControlIndex {
    private let rtcp: [NetworkPath: RTCPSummary]
    private var senders: [SSRC: [NetworkPath]] = [:]
    private var receivers: [SSRC: [NetworkPath]] = [:]
    /// Sources that a description names or that sent media; empty where no mixer lists contributors.
    private var named: Set<SSRC> = []

    init(_ survey: Survey) {
        rtcp = survey.rtcp
        for (path, summary) in rtcp {
            for source in summary.words.reporting.keys { senders[source, default: []].append(path) }
            for source in summary.words.receptions.keys { receivers[source, default: []].append(path) }
        }
        guard !survey.contributors.isEmpty else { return }
        for summary in rtcp.values { named.formUnion(summary.words.cnames.keys) }
        named.formUnion(survey.flows.rows.map(\.ssrc))
    }

    /// Whether a source description or report in clear names the source, or media came from it.
    func knows(_ source: SSRC) -> Bool { senders[source] != nil || named.contains(source) }

    /// Reports in clear of the flow's source, and where they go.
    func sender(of row: FlowRow) -> (path: NetworkPath, words: RTCPReports)? {
        guard let path = pick(senders[row.ssrc], usual: row.path.controlPaths), let summary = rtcp[path] else { return nil }
        return (path, summary.words)
    }

    /// Reports in clear about the flow's source, and where they come from.
    func receiver(of row: FlowRow) -> HeardReports? {
        guard let path = pick(receivers[row.ssrc], usual: row.path.returnPaths), let trace = rtcp[path]?.words.receptions[row.ssrc] else { return nil }
        return HeardReports(path: path, trace: trace)
    }

    /// Of several paths between the same hosts the usual one; where none is usual and there are several, none.
    private func pick(_ paths: [NetworkPath]?, usual: [NetworkPath]) -> NetworkPath? {
        guard let paths, let hosts = usual.first else { return nil }
        if let path = usual.first(where: paths.contains) { return path }
        let fitting = paths.filter { $0.source.address == hosts.source.address && $0.destination.address == hosts.destination.address }
        return fitting.count == 1 ? fitting.first : nil
    }
}

extension NetworkPath {
    /// Where the RTCP of a flow's sender goes: the same ports (RFC 5761) or the next ones (RFC 3550 section 11).
    var controlPaths: [NetworkPath] {
        let next = nextPorts
        return [self, next, NetworkPath(source: source, destination: next.destination)]
    }

    /// Where that of its receiver goes.
    var returnPaths: [NetworkPath] {
        let (back, next) = (reversed, nextPorts.reversed)
        return [
            back, next, NetworkPath(source: next.source, destination: back.destination), NetworkPath(source: back.source, destination: next.destination),
        ]
    }
}

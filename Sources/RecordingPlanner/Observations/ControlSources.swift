import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import StreamMatching

/// Whose reports they are: RTCP has ports of its own, so only the address tells.
struct SenderReportSource: Hashable {
    let address: IPAddress
    let ssrc: SSRC
}

extension Survey {
    /// Sender reports by source. Where one source reports on several paths, the path with the lowest order stands.
    var senderReports: [SenderReportSource: SenderReportTrace] {
        var out: [SenderReportSource: SenderReportTrace] = [:]
        var paths: [SenderReportSource: String] = [:]
        for (path, summary) in rtcp {
            for (ssrc, trace) in summary.words.traces {
                let source = SenderReportSource(address: path.source.address, ssrc: ssrc)
                let name = "\(path.source) \(path.destination)"
                // Paths come in no order, and the result must not depend on it.
                if let known = paths[source], known <= name { continue }
                paths[source] = name
                out[source] = trace
            }
        }
        return out
    }
}

/// Canonical names that descriptions in clear give to sources (RFC 3550 section 6.5.1), by host: RTCP has ports of its own.
struct CanonicalNames {
    private var bySource: [SenderReportSource: Set<String>] = [:]

    init() {}

    init(_ survey: Survey) {
        for (path, summary) in survey.rtcp {
            for (ssrc, name) in summary.words.cnames { bySource[SenderReportSource(address: path.source.address, ssrc: ssrc), default: []].insert(name) }
        }
    }

    func names(of row: FlowRow) -> Set<String>? { bySource[SenderReportSource(address: row.path.source.address, ssrc: row.ssrc)] }
}

import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import StreamMatching

/// When the sources of flows said that they leave (RTCP BYE, RFC 3550 section 6.6): the silence after it is an end, not a loss.
struct Goodbyes {
    private var clear: [SenderReportSource: CaptureTime] = [:]

    /// BYE in clear. Of several the first counts, so that the order of paths does not matter.
    init(_ survey: Survey) {
        for (path, summary) in survey.rtcp {
            for (ssrc, time) in summary.words.goodbyes {
                let source = SenderReportSource(address: path.source.address, ssrc: ssrc)
                clear[source] = min(clear[source] ?? time, time)
            }
        }
    }

    /// Nil where none was seen, and where the flow went on as if there had been none. Anyone can send a BYE in clear: it ends no encrypted flow.
    func goodbye(of flow: PlannedFlow, row: FlowRow) -> CaptureTime? {
        let time =
            flow.isSecure
            ? flow.security.control?.words.goodbyes[row.ssrc] : clear[SenderReportSource(address: row.path.source.address, ssrc: row.ssrc)]
        guard let time, row.lastArrival.seconds(since: time) <= PlannedFlow.goodbyeSlack else { return nil }
        return time
    }
}

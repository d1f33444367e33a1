import CaptureSurvey
import Evidence
import RecordingPlan
import SIPDialogs
import StreamMatching

/// Which flows belong to which negotiated streams.
struct FlowMatching {
    /// By flow number; nil where nothing speaks for any stream.
    let matches: [FlowMatch?]
    /// Flows of each stream that has any.
    let flowsOf: [Int: [Int]]

    init(of survey: Survey, _ streams: NegotiatedStreams, _ observed: ObservedFlows, _ findings: inout FindingLog) {
        let spans = survey.dialogs.map {
            DialogSpan(answered: $0.answered, end: $0.end, clientHost: $0.client.endpoint?.address, serverHost: $0.server.endpoint?.address)
        }
        matches = FlowMatcher(streams: streams.all, dialogs: spans).matches(survey.flows.rows) {
            MediaIdentification.text(in: observed.samples(of: $0), extension: $1)
        }
        var flowsOf: [Int: [Int]] = [:]
        for case let match? in matches {
            flowsOf[match.stream, default: []].append(match.flow)
            guard match.confidence == .low || !match.alternatives.isEmpty else { continue }
            let row = survey.flows.rows[match.flow]
            let subject = FindingSubject(callID: survey.dialogs[streams[match.stream].dialog].callID, flow: row.identity)
            if match.confidence == .low {
                findings.report(
                    .mat001, "\(row.identity) is matched on weak evidence: \(match.reasons.joined(separator: "; "))", at: row.firstOrigin, subject: subject)
            }
            if !match.alternatives.isEmpty {
                findings.report(
                    .mat002,
                    "\(row.identity) matches \(match.alternatives.count) other negotiated \(match.alternatives.count == 1 ? "stream" : "streams") almost as well",
                    at: row.firstOrigin, subject: subject)
            }
        }
        self.flowsOf = flowsOf
    }

    /// Flows of a stream; none where nothing matched it.
    subscript(stream: Int) -> [Int] { flowsOf[stream] ?? [] }
}

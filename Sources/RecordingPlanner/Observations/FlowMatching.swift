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
    /// Of flows that outlive the stream they are matched with: who has which part.
    let successions: [Int: [FlowSuccession]]
    /// Flows that a stream goes on with after another.
    private let inherited: [Int: [Int]]

    init(of survey: Survey, _ streams: NegotiatedStreams, _ observed: ObservedFlows, _ findings: inout FindingLog) {
        let spans = survey.dialogs.map {
            DialogSpan(answered: $0.answered, end: $0.end, clientHost: $0.client.endpoint?.address, serverHost: $0.server.endpoint?.address)
        }
        let matcher = FlowMatcher(streams: streams.all, dialogs: spans)
        matches = matcher.matches(survey.flows.rows) { MediaIdentification.text(in: observed.samples(of: $0), extension: $1) }
        successions = matcher.successions(matches, survey.flows.rows)
        var inherited: [Int: [Int]] = [:]
        for (flow, parts) in successions { for part in parts.dropFirst() { inherited[part.match.stream, default: []].append(flow) } }
        self.inherited = inherited
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

    /// Flows of a stream and those that it goes on with after another, each with its part of it.
    func parts(of stream: Int) -> [(flow: Int, window: FlowWindow)] {
        (self[stream] + (inherited[stream] ?? [])).map { flow in
            let part = successions[flow]?.first { $0.match.stream == stream }
            return (flow, part.map { FlowWindow(from: $0.from, until: $0.until) } ?? .whole)
        }
    }

    /// Why a flow is a stream's.
    func match(of flow: Int, with stream: Int) -> FlowMatch? {
        successions[flow]?.first { $0.match.stream == stream }?.match ?? matches[flow]
    }
}

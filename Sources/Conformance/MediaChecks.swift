import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

extension Conformance {
    static let mediaChecks: [ConformanceCheck] = [
        ConformanceCheck(rules: [.rec022]) { session, findings in
            for flow in session.flows {
                guard let source = flow.stream.epochs.last(where: { $0.from <= flow.row.firstArrival && $0.source != nil })?.source,
                    source != flow.row.path.source, !source.address.isUnspecified
                else { continue }
                findings.report(
                    .rec022, "SDP announced \(source), packets come from \(flow.row.path.source)", at: flow.row.firstOrigin, subject: flow.subject(in: session)
                )
            }
        },
        ConformanceCheck(rules: [.rec023], run: reportPacketTimes),
        ConformanceCheck(rules: [.rec024]) { session, findings in
            guard session.isRecording, let answered = session.dialog.answered, !session.dialog.startsMidCapture else { return }
            var started: Set<Int> = []
            for flow in session.flows.sorted(by: { $0.row.firstArrival < $1.row.firstArrival })
            where flow.stream.sender == session.client && flow.stream.kind == "audio" && started.insert(flow.stream.mediaIndex).inserted {
                let first = flow.stream.epochs.first
                guard let first, first.isActive, first.isAnswered, first.from <= answered else { continue }
                let delay = flow.row.firstArrival.seconds(since: answered)
                if delay > 2 {
                    findings.report(
                        .rec024, "the first packet arrived \(Int(delay)) s after the answer", at: flow.row.firstOrigin, subject: flow.subject(in: session))
                }
            }
        },
    ]

    /// Duration of the first packets by their timestamps, against what the receiver asked for.
    @Sendable
    private static func reportPacketTimes(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for flow in session.flows where flow.stream.kind == "audio" && flow.row.payloadTypes.count == 1 {
            guard let epoch = flow.stream.epochs.last(where: { $0.from <= flow.row.firstArrival }), epoch.isAnswered,
                session.dialog.negotiations.indices.contains(epoch.negotiation)
            else { continue }
            let negotiation = session.dialog.negotiations[epoch.negotiation]
            let receiver = flow.stream.sender == negotiation.offerer ? negotiation.answer : negotiation.offer
            guard let receiver, flow.stream.mediaIndex < receiver.media.count, let wanted = receiver.media[flow.stream.mediaIndex].ptime,
                let format = epoch.formats.first(where: { $0.payloadType == flow.row.payloadTypes[0].type }), format.clockRate > 0
            else { continue }
            let steps = zip(flow.early, flow.early.dropFirst()).map { $1.timestamp.distance(from: $0.timestamp) }.filter { $0 > 0 }
            guard steps.count >= 8, let step = steps.min(), steps.filter({ $0 == step }).count * 2 > steps.count else { continue }
            let sent = Double(step) * 1000 / Double(format.clockRate)
            if sent != wanted {
                findings.report(
                    .rec023, "packets contain \(Int(sent.rounded())) ms, a=ptime is \(Int(wanted.rounded()))", at: flow.row.firstOrigin,
                    subject: flow.subject(in: session))
            }
        }
    }
}

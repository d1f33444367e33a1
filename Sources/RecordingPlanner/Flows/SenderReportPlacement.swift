import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import StreamMatching

/// Places the audio flows of a recording by their senders' reports, host by host (RFC 3550 section 6.4.1).
enum SenderReportPlacement {
    /// Sets `placement` where reports move a flow, or are not believed; reports that agree with the arrivals are no news.
    static func place(_ recording: inout PlannedRecording, reports: [SenderReportSource: SenderReportTrace], survey: Survey) {
        var hosts: [IPAddress: [(stream: Int, flow: Int, evidence: SenderReportComparison.Stream)]] = [:]
        for (number, stream) in recording.streams.enumerated() where stream.media == "audio" {
            for (index, flow) in stream.flows.enumerated() where flow.window.isWhole {
                let row = survey.flows.rows[flow.flow]
                // Reports in clear, or those that a key of the flow opened.
                let clear = reports[SenderReportSource(address: row.path.source.address, ssrc: row.ssrc)]
                guard let trace = clear ?? flow.security.control?.words.traces[row.ssrc],
                    let clock = FlowPlanner.clock(of: flow, row: row, survey: survey), let first = survey.flows.earlyPackets(of: flow.flow).first
                else { continue }
                let early = survey.flows.earlyPackets(of: flow.flow).map { (arrival: $0.arrival, timestamp: $0.timestamp) }
                guard let envelope = StreamPlayout.envelopeAnchor(pairs: early, clock: clock) else { continue }
                hosts[row.path.source.address, default: []].append(
                    (number, index, SenderReportComparison.Stream(reports: trace, first: first.timestamp, envelope: envelope, clock: clock)))
            }
        }
        for flows in hosts.values {
            for (flow, verdict) in zip(flows, SenderReportComparison.verdicts(flows.map(\.evidence))) {
                recording.streams[flow.stream].flows[flow.flow].placement = FlowPlacement(verdict)
            }
        }
    }
}

extension FlowPlacement {
    /// Nil where the verdict is no news.
    fileprivate init?(_ verdict: SenderReportVerdict) {
        switch verdict {
        case .none, .agrees: return nil
        case .late(let nanoseconds):
            self.init(
                advance: nanoseconds,
                reason: "according to sender reports, its packets took \(nanoseconds / 1_000_000) ms longer than those of the sender's other streams")
        case .refused(let reason): self.init(advance: 0, reason: "sender reports are not used: \(reason)")
        }
    }
}

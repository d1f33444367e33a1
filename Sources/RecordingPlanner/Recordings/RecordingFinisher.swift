import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Completes a planned recording once its streams are known: tracks, participants whom nobody names, and times.
struct RecordingFinisher {
    /// Seconds that the first packet of a flow may have queued.
    private static let longestDelay = 10.0

    private let survey: Survey
    private let options: ReconstructionOptions
    private let keys: KeyRing
    private let control: ControlIndex
    private let senderReports: [SenderReportSource: SenderReportTrace]
    private let goodbyes: Goodbyes

    init(survey: Survey, options: ReconstructionOptions, keys: KeyRing, control: ControlIndex) {
        self.survey = survey
        self.options = options
        self.keys = keys
        self.control = control
        senderReports = survey.senderReports
        goodbyes = Goodbyes(survey)
    }

    /// Seconds of a usual packet.
    private static let frame = 0.02

    func finish(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        let refused = TrackPlanner.plan(&recording, rows: survey.flows.rows, limit: options.limits.tracks, format: options.format)
        recording.layout = options.layout
        if options.keepsNative { NativePlanner.plan(&recording, rows: survey.flows.rows, masksTones: options.redactions.contains(.dtmf)) }
        report(refused, recording, &findings)
        ParticipantPlanner.addUnknown(to: &recording, rows: survey.flows.rows)
        for number in recording.streams.indices where recording.streams[number].media == "audio" {
            for index in recording.streams[number].flows.indices {
                let flow = recording.streams[number].flows[index].flow
                if flow < survey.clocks.count { recording.streams[number].flows[index].timeline = survey.clocks[flow].timeline }
            }
        }
        SenderReportPlacement.place(&recording, reports: senderReports, survey: survey)
        for number in recording.streams.indices {
            for index in recording.streams[number].flows.indices {
                let flow = recording.streams[number].flows[index]
                let row = survey.flows.rows[flow.flow]
                recording.streams[number].flows[index].goodbye = goodbyes.goodbye(of: flow, row: row)
                recording.streams[number].flows[index].reception =
                    flow.isSecure ? recording.streams[number].negotiated.flatMap { keys.reception(of: row, $0, survey.dialogs) } : control.receiver(of: row)
                recording.lastArrival = max(recording.lastArrival, min(row.lastArrival, flow.window.until))
                // Where a copy begins before its twin or goes on after it, it is what is heard there.
                for twin in flow.twins.map({ survey.flows.rows[$0] }) {
                    recording.lastArrival = max(recording.lastArrival, twin.lastArrival)
                    if row.firstArrival.seconds(since: twin.firstArrival) > Self.frame { recording.start = min(recording.start, twin.firstArrival) }
                }
                recording.start = min(recording.start, flow.window.from > row.firstArrival ? flow.window.from : anchor(of: flow, row))
            }
        }
        if recording.start == .distantFuture {
            recording.start = recording.dialogs.first.map { survey.dialogs[$0].start } ?? .distantPast
            recording.lastArrival = recording.start
        }
    }

    /// Flows that got no track.
    private func report(_ refused: [Int], _ recording: PlannedRecording, _ findings: inout FindingLog) {
        let callID = recording.dialogs.first.map { survey.dialogs[$0].callID }
        for flow in refused {
            let row = survey.flows.rows[flow]
            findings.report(
                .mat007, "\(row.identity) with \(row.packets) packets overlaps other sources of the same stream and gets no file",
                at: row.firstOrigin, subject: FindingSubject(callID: callID, flow: callID == nil ? row.identity : nil), count: row.packets)
        }
    }

    /// When the flow's first sample would have arrived without queueing delay, judged by its first packets, or by all where those were held up.
    private func anchor(of flow: PlannedFlow, _ row: FlowRow) -> CaptureTime {
        guard let clock = FlowPlanner.clock(of: flow, row: row, survey: survey) else { return row.firstArrival }
        let early = survey.flows.earlyPackets(of: flow.flow).map { (arrival: $0.arrival, timestamp: $0.timestamp) }
        var anchor = min(row.firstArrival, StreamPlayout.envelopeAnchor(pairs: early, clock: clock) ?? row.firstArrival)
        // No network holds the first packets back for so long: a timestamp among them lies.
        if row.firstArrival.seconds(since: anchor) > Self.longestDelay { anchor = row.firstArrival }
        let heldUp = flow.timeline.flatMap { timeline in
            timeline.clock == clock.hertz
                ? timeline.pieces.first.map { timeline.correction(of: anchor, timestamp: early.first?.timestamp ?? $0.timestamp, in: $0) } : nil
        }
        return CaptureTime(nanoseconds: anchor.nanoseconds &- (flow.placement?.advance ?? 0) &- (heldUp ?? 0))
    }
}

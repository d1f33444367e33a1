import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// The same media more than once in one conversation: to two recorders, or on several hops of a call.
struct DuplicateMedia {
    let survey: Survey
    let media: SameMedia
    var silences: [Int: [FlowSilence]] { media.silences }

    init(survey: Survey) {
        self.survey = survey
        media = SameMedia(survey)
    }

    /// Two recording sessions of one communication session that deliver the very same packets (RFC 7245 section 3.1.2: recording twice for
    /// safety): the packets of the one fill the holes of the other. Only what is the same octet by octet may be joined, so the source must be
    /// the same and nothing encrypted; else each has its own file, and nothing is summed.
    func joinTwins(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard recording.kind == .siprec, recording.dialogs.count > 1 else { return }
        var emptied: Set<String> = []
        for later in recording.streams.indices where !recording.streams[later].flows.isEmpty {
            for earlier in recording.streams.indices[..<later] where isSameSender(recording.streams[earlier], recording.streams[later]) {
                for index in recording.streams[later].flows.indices.reversed() {
                    let flow = recording.streams[later].flows[index]
                    guard let place = recording.streams[earlier].flows.firstIndex(where: { isTwin($0, flow) }) else { continue }
                    recording.streams[earlier].flows[place].twins.append(flow.flow)
                    recording.streams[later].flows.remove(at: index)
                    report(flow, twinOf: recording.streams[earlier].flows[place], recording, &findings)
                }
                if recording.streams[later].flows.isEmpty {
                    emptied.insert(recording.streams[later].id)
                    break
                }
            }
        }
        recording.streams.removeAll { emptied.contains($0.id) }
    }

    private func isSameSender(_ left: PlannedStream, _ right: PlannedStream) -> Bool {
        left.dialog != right.dialog && left.media == right.media && !left.participants.isEmpty && left.participants == right.participants
    }

    /// Whether the two flows may be the same packets in one numbering. `ofOneSource`: false where signalling says so of two sources.
    func isTwin(_ left: PlannedFlow, _ right: PlannedFlow, ofOneSource: Bool = true) -> Bool {
        guard !left.isSecure, !right.isSecure, left.window.isWhole, right.window.isWhole else { return false }
        let (a, b) = (survey.flows.rows[left.flow], survey.flows.rows[right.flow])
        guard a.ssrc == b.ssrc || !ofOneSource, a.firstArrival <= b.lastArrival, b.firstArrival <= a.lastArrival,
            a.payloadTypes.first?.type == b.payloadTypes.first?.type
        else { return false }
        // One numbering: it runs over the same numbers at the same time. Which packets are equal is told octet by octet when they are rendered.
        return a.lowestSequence <= b.highestSequence && b.lowestSequence <= a.highestSequence && a.jumps == 0 && b.jumps == 0
    }

    func report(_ flow: PlannedFlow, twinOf other: PlannedFlow, _ recording: PlannedRecording, _ findings: inout FindingLog) {
        let (row, first) = (survey.flows.rows[flow.flow], survey.flows.rows[other.flow])
        findings.report(
            .mat012, "\(row.identity) carries the same packets as \(first.identity); each packet is used once, from whichever flow has it", at: row.firstOrigin,
            subject: FindingSubject(callID: recording.dialogs.first.map { survey.dialogs[$0].callID }))
    }
}

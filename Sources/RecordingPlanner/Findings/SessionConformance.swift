import CaptureSurvey
import Conformance
import Evidence
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Rules that need a whole session, or all sessions of a conversation.
struct SessionConformance {
    private let survey: Survey
    private let streams: NegotiatedStreams
    private let matching: FlowMatching
    private let metadata: SessionMetadata
    private let limits: Limits

    init(_ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, _ metadata: SessionMetadata, _ limits: Limits) {
        self.survey = survey
        self.streams = streams
        self.matching = matching
        self.metadata = metadata
        self.limits = limits
    }

    /// On the dialogs of the recordings and on the calls that they deliver.
    func findings(on recordings: [PlannedRecording]) -> FindingLog {
        let dialogs = Set(recordings.flatMap { $0.dialogs + $0.related.map(\.dialog) }).sorted()
        let silences = survey.flows.silences(of: Set(dialogs.flatMap { streams.ofDialog[$0] }.flatMap { matching[$0] }))
        let capturesEnd = survey.captures.compactMap(\.last).max() ?? .distantPast
        func evidence(_ dialog: Int) -> SessionEvidence {
            let flows = streams.ofDialog[dialog].flatMap { stream in
                matching[stream].map {
                    SessionFlow(
                        row: survey.flows.rows[$0], early: Array(survey.flows.earlyPackets(of: $0)), stream: streams[stream], silences: silences[$0] ?? [])
                }
            }
            return SessionEvidence(dialog: survey.dialogs[dialog], documents: metadata.documents[dialog] ?? [], flows: flows, limits: limits)
        }
        // A dialog can carry many conversations.
        var known: [Int: ConversationDialog] = [:]
        var uses = Dictionary(recordings.flatMap { $0.dialogs + $0.related.map(\.dialog) }.map { ($0, 1) }, uniquingKeysWith: +)
        func parts(_ indices: [Int], _ recording: PlannedRecording, _ findings: inout FindingLog) -> [ConversationDialog] {
            indices.map { index in
                var part: ConversationDialog
                if let seen = known[index] {
                    part = seen
                } else {
                    part = ConversationDialog(session: evidence(index), streams: streams.ofDialog[index].map { streams[$0] })
                    Conformance.report(part.session, to: &findings)
                }
                uses[index, default: 1] -= 1
                known[index] = uses[index] ?? 0 > 0 ? part : nil
                part.timeline = recording.timelines[index]
                return part
            }
        }
        var findings = FindingLog()
        for recording in recordings {
            let own = parts(recording.dialogs, recording, &findings)
            let delivered = parts(recording.related.map(\.dialog), recording, &findings)
            let isRecorded = recording.kind == .siprec
            let conversation = ConversationEvidence(recordings: isRecorded ? own : [], calls: isRecorded ? delivered : own, capturesEnd: capturesEnd)
            if conversation.hasRelations { Conformance.report(conversation, to: &findings) }
        }
        return findings
    }
}

import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Which recordings the user asks for.
struct RecordingSelection {
    private let survey: Survey
    private let kinds: Set<RecordingKind>
    private let callIDs: [String]
    private let addresses: [String]
    private let ssrcs: [SSRC]

    init(_ options: ReconstructionOptions, _ survey: Survey) {
        self.survey = survey
        kinds = options.kinds
        callIDs = options.callIDs
        addresses = options.addressesOfRecord.map(ParticipantAddress.comparable)
        ssrcs = options.ssrcs
    }

    func select(_ recordings: [PlannedRecording]) -> [PlannedRecording] { recordings.filter(isWanted) }

    private func isWanted(_ recording: PlannedRecording) -> Bool {
        kinds.contains(recording.kind)
            && (callIDs.isEmpty || recording.dialogs.contains { callIDs.contains(survey.dialogs[$0].callID) })
            && (addresses.isEmpty || recording.participants.flatMap(\.addressesOfRecord).contains { addresses.contains(ParticipantAddress.comparable($0)) })
            && (ssrcs.isEmpty || recording.streams.contains { $0.flows.contains { ssrcs.contains(survey.flows.rows[$0.flow].ssrc) } })
    }
}

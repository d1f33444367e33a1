import CaptureSurvey
import RecordingPlan
import SIPDialogs
import StreamMatching
import Synchronization

/// What the render needs of one recording alone: its part of the plan and of the signalling. It goes when the recording is finished, so that what is
/// kept follows what is still to come.
struct RecordingMaterial: Sendable {
    let planned: PlannedRecording
    /// Its dialogs and those of the calls that it delivers, by their numbers in the survey.
    let dialogs: DialogList

    init(_ planned: PlannedRecording, _ dialogs: DialogList) {
        self.planned = planned
        let streams = planned.streams.flatMap { [$0.dialog, $0.negotiated?.dialog] }.compactMap(\.self)
        self.dialogs = dialogs.part(planned.dialogs + planned.related.map(\.dialog) + streams)
    }
}

/// The materials of all recordings. Each is handed out once; what is handed out is kept by nobody else.
final class RecordingMaterials: Sendable {
    private let waiting: Mutex<[RecordingMaterial?]>

    /// Takes them out of the plan.
    init(from plan: inout ReconstructionPlan) {
        let all = plan.recordings.map { RecordingMaterial($0, plan.survey.dialogs) as RecordingMaterial? }
        plan.recordings = []
        plan.survey.dialogs = plan.survey.dialogs.forgotten
        waiting = Mutex(all)
    }

    func take(_ index: Int) -> RecordingMaterial? {
        waiting.withLock { all in
            guard all.indices.contains(index) else { return nil }
            defer { all[index] = nil }
            return all[index]
        }
    }
}

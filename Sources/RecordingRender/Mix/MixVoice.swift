import RecordingPlan
import RecordingRecords

/// A track with its samples, from the recording's start on.
struct MixVoice {
    let track: PlannedTrack
    let store: any SampleStore
}

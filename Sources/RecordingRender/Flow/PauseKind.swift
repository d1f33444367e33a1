package import MediaPlayout
package import RecordingPlan
import RecordingRecords
import StreamMatching

/// Whether an inactive stream means that the call is on hold or that its recording is paused.
package enum PauseKind {
    /// In a recording session `inactive` on one of several audio lines, or while metadata keeps the sender sending, is a pause of the
    /// recording (RFC 7866 section 7.1.1.1); all lines at once, or a plain call, is taken for hold.
    package static func cause(of stream: PlannedStream, in recording: PlannedRecording) -> GapCause {
        guard recording.kind == .siprec else { return .hold }
        let times = stream.negotiated?.epochs.filter { !$0.isOpen }.map(\.from) ?? []
        let others = recording.streams.filter { $0.media == "audio" && $0.id != stream.id && $0.dialog == stream.dialog }
        let all = others.allSatisfy { other in
            times.allSatisfy { time in other.negotiated?.epochs.last { $0.from <= time }.map { !$0.isOpen } ?? true }
        }
        return all ? .hold : .pause
    }
}

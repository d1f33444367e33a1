import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import StreamMatching

/// What survey and plan know of a flow's time: its sender's clock, and when it was not to be heard.
struct FlowTiming {
    let drift: ClockDrift?
    /// RTP clock that the arrivals show, hertz; 0 where they show none.
    let observedClock: Int
    let pauses: [PlayoutPause]

    init(flow: Int, stream: PlannedStream, in recording: PlannedRecording, survey: Survey, options: ReconstructionOptions) {
        let trace = flow < survey.clocks.count && stream.media == "audio" ? survey.clocks[flow] : nil
        observedClock = trace?.clock ?? 0
        let estimate = trace?.estimate
        // What is kept as it came can be neither resampled nor cut.
        let isNative = stream.flows.contains { $0.flow == flow && $0.pieces.contains { $0.track.map { recording.tracks[$0].native != nil } ?? false } }
        let method = isNative ? ClockDrift.Method.none : options.drift.method
        drift = estimate.flatMap { $0.isSound ? ClockDrift(partsPerBillion: $0.partsPerBillion, method: method) : nil }
        pauses = options.includesPaused ? [] : Self.pauses(of: stream, in: recording)
    }

    func isPaused(at time: CaptureTime) -> Bool { pause(at: time) != nil }

    func pause(at time: CaptureTime) -> PlayoutPause? { pauses.first { $0.from <= time && time < $0.until } }

    /// Spans in which both sides had agreed that nothing is sent: from the answer that says so to the offer that lets it go on.
    private static func pauses(of stream: PlannedStream, in recording: PlannedRecording) -> [PlayoutPause] {
        guard let epochs = stream.negotiated?.epochs, epochs.contains(where: { !$0.isActive }) else { return [] }
        let cause = PauseKind.cause(of: stream, in: recording)
        var out: [PlayoutPause] = []
        for (index, epoch) in epochs.enumerated() where !epoch.isActive && epoch.isAnswered && epoch.replacement == nil {
            let from = index > 0 ? max(epochs[index - 1].until ?? epoch.from, epoch.from) : epoch.from
            let until = index + 1 < epochs.count ? epochs[index + 1].from : .distantFuture
            if until > from { out.append(PlayoutPause(from: from, until: until, cause: cause)) }
        }
        return out
    }
}

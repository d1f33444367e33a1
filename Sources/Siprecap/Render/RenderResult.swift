import CaptureSurvey
import RecordingAccount
import RecordingPlan
import RecordingRecords
import RecordingRender

/// What a rendering came to.
public struct RenderResult: Sendable {
    /// The recordings that were made, in order of their start.
    public let recordings: [RenderedRecording]
    /// Everything that was found, by place.
    public let findings: [Finding]
    /// Whether everything that was found was recovered whole: the same that exit status 0 of the command says.
    public let isComplete: Bool
}

extension Plan {
    /// Reads the captures once more and makes the recordings.
    ///
    /// Cancelling the task ends it where it next reads on and throws ``SiprecapError/cancelled``: recordings that were finished stay, with
    /// an account of the run; of others nothing is left. Throws ``SiprecapError/unwritable(path:reason:)`` where the folder cannot be used, which is
    /// known before anything is read, or where a recording could not be written; the others are then there all the same.
    public consuming func render(to destination: RenderDestination) async throws(SiprecapError) -> RenderResult {
        try await startRender(to: destination).value
    }

    /// Begins the same on threads of its own, for callers that show progress.
    public consuming func startRender(to destination: RenderDestination) -> Job<RenderResult> {
        let waiting = PlanHandover(self)
        return Job { (watch) async throws(SiprecapError) in try await Self.render(waiting, to: destination, observer: watch) }
    }

    private static func render(
        _ waiting: PlanHandover, to destination: RenderDestination, observer: any RunObserver
    ) async throws(SiprecapError) -> RenderResult {
        guard var plan = waiting.take() else { throw .cancelled }
        plan.keepsRecords = true
        if case .sink = destination { try plan.readyForSink() }
        let target = try RenderTarget(destination, plan)
        plan.startHashing(observer)
        let run = await (consume plan).rendered(into: target, observer: observer)
        try run.conclude()
        if run.isInterrupted { throw .cancelled }
        if let fault = run.faults.first { throw fault }
        return RenderResult(run)
    }

    /// A sink takes samples, and files of its own are no business of this side.
    private mutating func readyForSink() throws(SiprecapError) {
        guard !options.keepsNative else {
            throw .invalidOption(option: "audio.keepsOriginalCoding", reason: "is for folders; a sink takes samples")
        }
        options.exports = []
        options.vCon.content = .none
        options.writesReport = false
    }
}

extension RenderResult {
    fileprivate init(_ run: FinishedRun) {
        let summary = run.summary
        recordings = summary.rendered.compactMap { rendered in
            guard let summary = rendered.summary, let record = summary.record else { return nil }
            return RenderedRecording(record, folder: summary.entry.folder)
        }
        findings = Finding.list(summary.findings, captureNames: summary.survey.captures.map(\.name))
        isComplete = summary.exitStatus == 0
    }
}

import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// What every worker of the render shares. One for all: a copy with each recording was one and a half kilobytes and a hundred references.
final class RenderContext: Sendable {
    /// Without its dialogs: each recording has its own.
    let survey: Survey
    let materials: RecordingMaterials
    let options: ReconstructionOptions
    let output: any RecordingOutput
    let closer: any RecordingClosing
    /// Samples that each track collects before it writes: large blocks where few tracks are live, and a bound on memory where many are.
    let blockSamples: Int

    init(
        plan: consuming ReconstructionPlan, options: ReconstructionOptions, output: any RecordingOutput,
        closer: any RecordingClosing
    ) {
        blockSamples = Self.blockSamples(of: plan)
        materials = RecordingMaterials(from: &plan)
        self.options = options
        self.output = output
        self.closer = closer
        survey = plan.survey
    }

    /// Octets of samples that all tracks together may hold.
    private static let blockBudget = 64 << 20

    /// 64 KiB a block, or as much less as the tracks ask that are live at the same time; at least two pages.
    private static func blockSamples(of plan: ReconstructionPlan) -> Int {
        var steps: [(time: CaptureTime, tracks: Int)] = []
        for recording in plan.recordings where !recording.tracks.isEmpty {
            steps.append((recording.start, recording.tracks.count))
            steps.append((recording.lastArrival, -recording.tracks.count))
        }
        var live = 0
        var most = 1
        for step in steps.sorted(by: { ($0.time, $1.tracks) < ($1.time, $0.tracks) }) {
            live += step.tracks
            most = max(most, live)
        }
        var octets = 64 << 10
        while octets > 8 << 10, octets * most > blockBudget { octets /= 2 }
        return octets / 2
    }
}

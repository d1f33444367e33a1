package import CaptureSurvey
import Evidence
import MediaPlayout
package import PacketInput
package import RecordingRecords
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
        survey: consuming Survey, plan: consuming ReconstructionPlan, options: ReconstructionOptions, output: any RecordingOutput,
        closer: any RecordingClosing
    ) {
        blockSamples = Self.blockSamples(of: plan)
        materials = RecordingMaterials(from: &plan, &survey)
        self.options = options
        self.output = output
        self.closer = closer
        self.survey = survey
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

/// The second pass: reads every input once more and writes the recordings. Changes no conclusion of the plan.
package enum Renderer {
    /// With several jobs each worker reads the inputs and renders its share of the recordings: what a recording becomes does not depend
    /// on who renders it, so the output is the same for any number.
    ///
    /// `closer` is called from all workers, with each recording that ends.
    /// Whoever has no more use for survey and plan gives them away: then what belongs to a recording alone is freed with it.
    package static func run(
        _ merge: FrameMerge, survey: consuming Survey, plan: consuming ReconstructionPlan, options: ReconstructionOptions,
        output: any RecordingOutput, closer: any RecordingClosing, observer: (any ReconstructionObserver)?
    ) async -> [RenderedRecording] {
        let jobs = max(1, min(options.jobs, plan.recordings.count))
        // Shares of about equal packets: the largest first, each to the worker with least.
        var shares = Array(repeating: (packets: 0, recordings: [Int]()), count: jobs)
        let rows = survey.flows.rows
        let weights = plan.recordings.map { $0.streams.flatMap(\.flows).reduce(0) { $0 + rows[$1.flow].packets } }
        for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
            let worker = shares.indices.min { (shares[$0].packets, $0) < (shares[$1].packets, $1) } ?? 0
            shares[worker].packets += weights[index]
            shares[worker].recordings.append(index)
        }
        let context = RenderContext(survey: survey, plan: plan, options: options, output: output, closer: closer)
        return await withTaskGroup(of: [RenderedRecording].self) { group in
            for (number, share) in shares.enumerated() {
                group.addTask { render(share.recordings, merge, context, observer: number == 0 ? observer : observer.map(QuietObserver.init)) }
            }
            var all: [RenderedRecording] = []
            for await part in group { all += part }
            return all.sorted { $0.index < $1.index }
        }
    }

    private static func render(
        _ recordings: [Int], _ merge: FrameMerge, _ context: RenderContext, observer: (any ReconstructionObserver)?
    ) -> [RenderedRecording] {
        let renderers = recordings.sorted().compactMap { index in
            context.materials.take(index).map { RecordingRenderer(index: index, $0, context: context) }
        }
        // Signalling without media has nothing to wait for.
        let empty = renderers.filter { $0.flows.isEmpty }
        for renderer in empty { renderer.finish() }
        let live = renderers.map(\.flows).filter { !$0.isEmpty }
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        if !live.isEmpty {
            // Made in its place: of a sink that stood beside it, the buffers would be copied with the first packet.
            var visitor = RenderVisitor(
                sink: RenderSink(context.survey, limits: context.options.limits, live: live, rules: context.options.decodeAs),
                options: context.options, total: total, observer: observer)
            _ = merge.run(&visitor)
            visitor.sink.finish()
            visitor.sink.deliver()
        }
        let isInterrupted = observer?.isInterrupted ?? false
        // An input that changed between the passes leaves flows waiting; an interruption leaves them on purpose.
        for renderer in renderers where renderer.rendered == nil {
            if isInterrupted { renderer.abandon() } else { renderer.finish() }
        }
        return renderers.compactMap(\.rendered)
    }
}

/// Passes interruption on but not progress: one worker speaks for all.
private final class QuietObserver: ReconstructionObserver {
    private let base: any ReconstructionObserver

    init(_ base: any ReconstructionObserver) { self.base = base }

    func progressed(_ progress: ReconstructionProgress) {}
    var isInterrupted: Bool { base.isInterrupted }
}

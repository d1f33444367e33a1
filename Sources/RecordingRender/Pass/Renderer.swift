import CaptureSurvey
import Evidence
import MediaPlayout
package import PacketInput
package import RecordingPlan
package import RecordingRecords
import SIPDialogs
import StreamMatching

/// The second pass: reads every input once more and writes the recordings. Changes no conclusion of the plan.
package enum Renderer {
    /// With several jobs each worker reads the inputs and renders its share of the recordings: what a recording becomes does not depend
    /// on who renders it, so the output is the same for any number.
    ///
    /// `closer` is called from all workers, with each recording that ends.
    /// Whoever has no more use for the plan gives it away: then what belongs to a recording alone is freed with it.
    package static func run(
        _ merge: FrameMerge, plan: consuming ReconstructionPlan, options: ReconstructionOptions,
        output: any RecordingOutput, closer: any RecordingClosing, observer: (any ReconstructionObserver)?
    ) async -> [RenderedRecording] {
        let jobs = max(1, min(options.jobs, plan.recordings.count))
        // Shares of about equal packets: the largest first, each to the worker with least.
        var shares = Array(repeating: (packets: 0, recordings: [Int]()), count: jobs)
        let rows = plan.survey.flows.rows
        let weights = plan.recordings.map { $0.streams.flatMap(\.flows).reduce(0) { $0 + rows[$1.flow].packets } }
        for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
            let worker = shares.indices.min { (shares[$0].packets, $0) < (shares[$1].packets, $1) } ?? 0
            shares[worker].packets += weights[index]
            shares[worker].recordings.append(index)
        }
        let context = RenderContext(plan: plan, options: options, output: output, closer: closer)
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
        let (share, wanted) = RecordingShare.make(recordings, context)
        let live = share.finishEmpty()
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        if live > 0 {
            // Made in its place: of a sink that stood beside it, the buffers would be copied with the first packet.
            var visitor = RenderVisitor(
                sink: RenderSink(
                    context.survey, limits: context.options.limits, wanted: wanted, share: share, live: live, rules: context.options.decodeAs),
                options: context.options, total: total, observer: observer)
            _ = merge.run(&visitor)
            // What is still held back is of no use to somebody who does not wait for it.
            if observer?.isInterrupted != true {
                visitor.sink.finish()
                visitor.sink.deliver()
            }
        }
        return share.close(isInterrupted: observer?.isInterrupted ?? false)
    }
}

/// Passes interruption on but not progress: one worker speaks for all.
private final class QuietObserver: ReconstructionObserver {
    private let base: any ReconstructionObserver

    init(_ base: any ReconstructionObserver) { self.base = base }

    func progressed(_ progress: ReconstructionProgress) {}
    var isInterrupted: Bool { base.isInterrupted }
}

import Evidence
import RecordingPlan
import StreamMatching

/// The recordings that one worker renders. It owns them all.
final class RecordingShare {
    private var recordings: OwnedArray<RecordingRenderer>
    /// Decoded samples of the packet at hand; one for all flows.
    private var scratch: [Int16] = []

    private init(_ recordings: consuming OwnedArray<RecordingRenderer>) { self.recordings = recordings }

    /// The share that has these recordings of the plan, and the flows that it wants.
    static func make(_ numbers: [Int], _ context: RenderContext) -> (share: RecordingShare, wanted: [WantedFlow]) {
        // Nobody keeps the materials but the recordings that are made of them.
        let materials = numbers.sorted().compactMap { number in context.materials.take(number).map { (number: number, material: $0) } }
        var wanted: [WantedFlow] = []
        for (recording, entry) in materials.enumerated() {
            for (number, flow) in entry.material.planned.streams.lazy.flatMap(\.flows).enumerated() {
                wanted.append(
                    WantedFlow(
                        route: FlowRoute(recording: Int32(recording), flow: Int32(number)), flow: flow.flow, twins: flow.twins, window: flow.window))
            }
        }
        let recordings = OwnedArray(count: materials.count) {
            RecordingRenderer(index: materials[$0].number, materials[$0].material, context: context)
        }
        return (RecordingShare(recordings), wanted)
    }

    var count: Int { recordings.count }

    /// Signalling without media has nothing to wait for. The number of recordings that have something.
    func finishEmpty() -> Int {
        var live = 0
        for recording in recordings.indices {
            if recordings[recording].hasFlows { live += 1 } else { recordings[recording].finish() }
        }
        return live
    }

    /// Hands packets to their flows, recording by recording. The number of recordings that this finished.
    func deliver(_ batch: borrowing PacketBatch) -> Int { Self.deliver(batch, to: &recordings, scratch: &scratch) }

    /// One access for all packets.
    private static func deliver(_ batch: borrowing PacketBatch, to recordings: inout OwnedArray<RecordingRenderer>, scratch: inout [Int16]) -> Int {
        var finished = 0
        batch.forEach { recording, flow, packet in
            if recordings[recording].push(packet, of: flow, scratch: &scratch) { finished += 1 }
        }
        return finished
    }

    /// A flow goes on in a later recording; true when this finished the recording that it leaves.
    func leave(_ route: FlowRoute) -> Bool { recordings[Int(route.recording)].end(Int(route.flow)) }

    /// There is no more input. One that changed between the passes leaves flows waiting; an interruption leaves them on purpose.
    func close(isInterrupted: Bool) -> [RenderedRecording] {
        var out: [RenderedRecording] = []
        for recording in recordings.indices {
            if !recordings[recording].isFinished {
                if isInterrupted { recordings[recording].abandon() } else { recordings[recording].finish() }
            }
            if let rendered = recordings[recording].takeRendered() { out.append(rendered) }
        }
        return out
    }
}

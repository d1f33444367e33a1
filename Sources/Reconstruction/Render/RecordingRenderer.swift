import Evidence
import MediaCodecs
import MediaPlayout
import StreamMatching

/// One recording while it is live: its tracks, its flows, and in the end its folder.
final class RecordingRenderer {
    let index: Int
    let planned: PlannedRecording
    let limits: Limits
    var options: ReconstructionOptions { context.options }
    private var tracks: [TrackRenderer?]
    private(set) var flows: [FlowRenderer] = []
    private let context: RenderContext
    private var writer: (any RecordingWriter)?
    private var openFlows = 0
    private(set) var rendered: RenderedRecording?

    init(index: Int, context: RenderContext) {
        self.index = index
        self.context = context
        planned = context.plan.recordings[index]
        limits = context.options.limits
        tracks = Array(repeating: nil, count: planned.tracks.count)
        for stream in planned.streams {
            for flow in stream.flows {
                let renderer = FlowRenderer(
                    flow, row: context.survey.flows.rows[flow.flow],
                    timing: FlowTiming(flow: flow.flow, stream: stream, in: planned, survey: context.survey, options: context.options), recording: self,
                    usesLibSRTPOnly: context.options.usesLibSRTPOnly)
                flows.append(renderer)
            }
        }
        openFlows = flows.count
    }

    /// A track, begun when first asked for: memory follows what is live, not what is planned.
    func track(_ number: Int) -> TrackRenderer {
        if let track = tracks[number] { return track }
        let length = max(0, planned.lastArrival.seconds(since: planned.start))
        var description = describe(planned.tracks[number])
        description.expectedSeconds = length
        let track = TrackRenderer(
            planned.tracks[number], description: description, limits: limits, length: length, blockSamples: context.blockSamples,
            recording: self)
        tracks[number] = track
        return track
    }

    private func describe(_ track: PlannedTrack) -> AudioDescription {
        let names = track.participants.map { id in
            let participant = planned.participants.first { $0.id == id }
            return participant?.names.last?.value ?? participant?.addressesOfRecord.last ?? id
        }
        var history: [String] = []
        for stream in planned.streams where track.streams.contains(stream.id) {
            for flow in stream.flows {
                for codec in FlowPlanner.audioCodecs(of: flow, row: context.survey.flows.rows[flow.flow]) {
                    let line = "A=\(codec.encoding),F=\(codec.audioRate ?? codec.clockRate.hertz),M=\(track.channels > 1 ? "stereo" : "mono"),T=RTP"
                    if !history.contains(line) { history.append(line) }
                }
            }
        }
        return AudioDescription(
            description: names.joined(separator: ", "), originator: "siprecap", originatorReference: planned.id, start: planned.start, codingHistory: history)
    }

    /// The folder, begun when the first file is.
    func openWriter() throws(OutputFault) -> any RecordingWriter {
        if let writer { return writer }
        let fresh = try context.output.begin(folder: planned.folder)
        writer = fresh
        return fresh
    }

    /// One flow is through; true when it was the last.
    func flowEnded() -> Bool {
        openFlows -= 1
        guard openFlows == 0 else { return false }
        finish()
        return true
    }

    /// Completes the recording: whatever flows still wait for is not coming.
    func finish() {
        guard rendered == nil else { return }
        var out = RenderedRecording(index: index)
        for flow in flows { flow.close() }
        do {
            try complete(&out)
        } catch {
            writer?.abandon()
            out.fault = error
            out.findings.report(.out001, "\(error)", at: nil)
        }
        rendered = out
        writer = nil
        tracks = []
        flows = []
    }

    /// Leaves nothing behind: the run was interrupted before the recording was whole.
    func abandon() {
        writer?.abandon()
        writer = nil
    }

    private func complete(_ out: inout RenderedRecording) throws(OutputFault) {
        let writer = try openWriter()
        let tracks = tracks.compactMap(\.self)
        let length = tracks.map(\.seconds).max() ?? 0
        let arrivals = max(0, planned.lastArrival.seconds(since: planned.start))
        let seconds = length > 0 ? length : arrivals
        var written: [(track: PlannedTrack, file: WrittenFile)] = []
        var talk = TalkTimes()
        for track in tracks {
            if let person = track.planned.participants.first { talk.add(track.takeTalk(), of: person) }
            if let file = try track.finish(seconds: seconds) { written.append((track.planned, file)) }
        }
        let end = planned.start.advanced(bySeconds: seconds)
        var report = RecordingReporter(planned: planned, context: context, flows: flows.map { $0.takeResult() }, end: end, written: written, talk: talk)
        out.summary = RecordingSummary(try report.write(to: writer), folder: planned.folder)
        out.findings = report.findings
        out.isDoubtful = planned.isDoubtful
        try writer.finish()
    }
}

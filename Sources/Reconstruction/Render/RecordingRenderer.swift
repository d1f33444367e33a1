import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RecordingRecords
import SDPSyntax
import StreamMatching

/// One recording while it is live: its tracks, its flows, and in the end its folder.
final class RecordingRenderer {
    let index: Int
    /// Of a finished recording nothing but its name and start.
    private(set) var planned: PlannedRecording
    private var dialogs: DialogList
    let limits: Limits
    var options: ReconstructionOptions { context.options }
    private var tracks: [TrackRenderer?]
    private(set) var flows: [FlowRenderer] = []
    private let context: RenderContext
    private var writer: (any RecordingWriter)?
    private var openFlows = 0
    private(set) var rendered: RenderedRecording?

    init(index: Int, _ material: RecordingMaterial, context: RenderContext) {
        self.index = index
        self.context = context
        planned = material.planned
        dialogs = material.dialogs
        limits = context.options.limits
        tracks = Array(repeating: nil, count: planned.tracks.count)
        for stream in planned.streams {
            let first = flows.count
            for flow in stream.flows {
                let renderer = FlowRenderer(
                    flow, rows: context.survey.flows.rows,
                    timing: FlowTiming(flow: flow.flow, stream: stream, in: planned, survey: context.survey, options: context.options), recording: self,
                    usesLibSRTPOnly: context.options.usesLibSRTPOnly)
                flows.append(renderer)
            }
            linkRepair(flows[first...], of: stream)
        }
        openFlows = flows.count
    }

    /// Tells flows of parity and retransmissions alone (RFC 5109, RFC 4588) which flows they are about: those that `a=ssrc-group` ties to them, else
    /// any other of the stream, as numbers and timestamps leave no doubt which one a packet is of.
    private func linkRepair(_ flows: ArraySlice<FlowRenderer>, of stream: PlannedStream) {
        let rows = context.survey.flows.rows
        let isOnlyRepair = stream.flows.map { FlowPlanner.isOnlyRepair($0, rows: rows) }
        let repaired = zip(flows, isOnlyRepair).filter { !$0.1 }.map(\.0)
        guard repaired.count < flows.count else { return }
        for (flow, isOnlyRepair) in zip(flows, isOnlyRepair) where isOnlyRepair {
            let partners = stream.negotiated?.partners(of: rows[flow.flowNumber].ssrc, .repair) ?? []
            let named = repaired.filter { partners.contains(rows[$0.flowNumber].ssrc) }
            flow.repair(named.isEmpty ? repaired : named)
        }
        for flow in repaired { flow.expectRepair() }
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
        let names = track.participants.map { planned.name(of: $0) }
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

    /// Another flow goes on in the track of this one.
    func giveWay(_ flow: Int) { flows.first { $0.flowNumber == flow }?.giveWay() }

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
        // What is told of it stands in its folder: thousands may follow.
        dialogs = dialogs.forgotten
        planned = planned.outline
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
        var written: [WrittenTrack] = []
        var voices: [MixVoice] = []
        var talk = TalkTimes()
        var waveforms: [Waveform] = []
        for track in tracks {
            if let person = track.planned.participants.first { talk.add(track.takeTalk(), of: person) }
            guard let file = try track.finish(seconds: seconds) else { continue }
            written.append(file)
            if let store = track.takeStore() { voices.append(MixVoice(track: track.planned, store: store)) }
            if let waveform = track.takeWaveform() { waveforms.append(waveform) }
        }
        if let mix = try RecordingMixer(planned: planned, options: options, voices: voices, seconds: seconds)?.write(to: writer) { written.append(mix) }
        let end = planned.start.advanced(bySeconds: seconds)
        var survey = context.survey
        survey.dialogs = dialogs
        let closed = try context.closer.close(
            FinishedRecording(
                planned: planned, survey: survey, flows: flows.map { $0.takeResult() }, end: end, written: written, talk: talk, waveforms: waveforms),
            into: writer)
        out.summary = closed.summary
        out.findings = closed.findings
        out.isDoubtful = planned.isDoubtful
        try writer.finish()
    }
}

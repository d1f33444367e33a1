import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import SDPSyntax
import StreamMatching

/// One recording while it is live. It owns its tracks and its flows, and does for the flows what concerns several of them.
struct RecordingRenderer: ~Copyable {
    let index: Int
    /// Of a finished recording nothing but its name and start.
    private var planned: PlannedRecording
    private var dialogs: DialogList
    private let context: RenderContext
    private let folder: RecordingFolder
    private var tracks: TrackSet
    private var flows: OwnedArray<FlowRenderer>
    private let repair: RepairPlan
    private var openFlows: Int
    private var rendered: RenderedRecording?

    init(index: Int, _ material: RecordingMaterial, context: RenderContext) {
        let planned = material.planned
        let rows = context.survey.flows.rows
        let settings = FlowSettings(start: planned.start, options: context.options, skew: context.survey.clockSkew)
        let all = planned.streams.flatMap { stream in stream.flows.map { (stream: stream, flow: $0) } }
        let repair = RepairPlan(planned, rows: rows)
        let speakers = Dictionary(all.enumerated().map { ($0.element.flow.flow, $0.offset) }) { first, _ in first }
        self.index = index
        self.context = context
        self.planned = planned
        self.repair = repair
        dialogs = material.dialogs
        folder = RecordingFolder(planned.folder, in: context.output)
        tracks = TrackSet(TrackMaker(planned, rows: rows, options: context.options, folder: folder, blockSamples: context.blockSamples))
        flows = OwnedArray(count: all.count) { number in
            let (stream, flow) = all[number]
            return FlowRenderer(
                flow, speaker: speakers[flow.flow] ?? number, rows: rows,
                timing: FlowTiming(flow: flow.flow, stream: stream, in: planned, survey: context.survey, options: context.options), settings: settings,
                unplaced: UnplacedPackets(of: flow, rows[flow.flow], stream, in: planned, mostTracks: context.options.limits.tracks),
                repairsOthers: repair.targets[number]?.isEmpty == false, isRepairedByOthers: repair.repaired.contains(number))
        }
        openFlows = all.count
    }

    var hasFlows: Bool { !flows.isEmpty }
    var isFinished: Bool { rendered != nil }

    /// Takes the next packet of a flow; true when this finished the recording.
    @inline(__always)
    mutating func push(_ packet: ArrivedPacket, of flow: Int, scratch: inout [Int16]) -> Bool {
        // A finished recording has none: an input may have grown since the survey counted.
        guard flow < flows.count, flows[flow].push(packet, on: &tracks, scratch: &scratch) else { return false }
        return attend(to: flow, scratch: &scratch)
    }

    /// Does what a flow cannot do by itself; true when this finished the recording.
    @inline(never)
    private mutating func attend(to flow: Int, scratch: inout [Int16]) -> Bool {
        letIn(flow)
        for packet in flows[flow].takeRepairs() {
            for other in repair.targets[flow] ?? [] {
                flows[other].take(packet, on: &tracks, scratch: &scratch)
                letIn(other)
            }
        }
        return flows[flow].isOver && end(flow)
    }

    /// A flow has no more packets, or a later recording takes it over; true when this finished the recording.
    mutating func end(_ flow: Int) -> Bool {
        guard flow < flows.count else { return false }
        close(flow)
        openFlows -= 1
        guard openFlows == 0 else { return false }
        finish()
        return true
    }

    private mutating func close(_ flow: Int) {
        flows[flow].close(on: &tracks)
        letIn(flow)
    }

    /// Lets a flow go on in the tracks that its sound waits for. Whatever the flow that was heard there before still holds back comes first.
    private mutating func letIn(_ flow: Int, besides waiting: [Int] = []) {
        while let track = flows[flow].wantedTrack {
            let before = tracks[track].speaker
            if before >= 0 {
                flows[before].giveWay(on: &tracks)
                // It may go on in another track meanwhile, and wait there.
                if !waiting.contains(before) { letIn(before, besides: waiting + [flow]) }
            }
            tracks[track].speaker = flows[flow].speaker
            flows[flow].placeWaiting(on: &tracks)
        }
    }

    /// Completes the recording: whatever flows still wait for is not coming.
    mutating func finish() {
        guard rendered == nil else { return }
        var out = RenderedRecording(index: index)
        for flow in flows.indices { close(flow) }
        do {
            try complete(&out)
        } catch {
            folder.abandon()
            out.fault = error
            out.findings.report(.out001, "\(error)", at: nil)
        }
        rendered = out
        tracks = TrackSet()
        flows = OwnedArray()
        // What is told of it stands in its folder: thousands may follow.
        dialogs = dialogs.forgotten
        planned = planned.outline
    }

    /// Leaves nothing behind: the run was interrupted before the recording was whole.
    func abandon() { folder.abandon() }

    /// What became of it; nil where it was abandoned.
    mutating func takeRendered() -> RenderedRecording? { rendered.take() }

    private mutating func complete(_ out: inout RenderedRecording) throws(OutputFault) {
        let writer = try folder.begin()
        var results: [FlowResult] = []
        for flow in flows.indices { results.append(flows[flow].takeResult()) }
        let length = longest
        let arrivals = max(0, planned.lastArrival.seconds(since: planned.start))
        // Packets that are there but cannot be used have their time, too: no gap lies outside.
        let seconds = max(results.compactMap(\.end).map { $0.seconds(since: planned.start) }.max() ?? 0, length > 0 ? length : arrivals)
        var written: [WrittenTrack] = []
        var voices: [MixVoice] = []
        var talk = TalkTimes()
        var waveforms: [Waveform] = []
        for number in tracks.indices where tracks.isBegun(number) {
            let spans = tracks[number].takeTalk()
            if let person = tracks[number].planned.participants.first { talk.add(spans, of: person) }
            guard let file = try tracks[number].finish(seconds: seconds) else { continue }
            written.append(file)
            if let store = tracks[number].takeStore() { voices.append(MixVoice(track: file.track, store: store)) }
            if let waveform = tracks[number].takeWaveform() { waveforms.append(waveform) }
        }
        if let mix = try RecordingMixer(planned: planned, options: context.options, voices: voices, seconds: seconds)?.write(to: writer) { written.append(mix) }
        var survey = context.survey
        survey.dialogs = dialogs
        let closed = try context.closer.close(
            FinishedRecording(
                planned: planned, survey: survey, flows: results, end: planned.start.advanced(bySeconds: seconds), written: written, talk: talk,
                waveforms: waveforms), into: writer)
        out.summary = closed.summary
        out.findings = closed.findings
        out.isDoubtful = planned.isDoubtful
        try folder.finish()
    }

    /// Seconds of the longest track.
    private var longest: Double {
        var most = 0.0
        for number in tracks.indices where tracks.isBegun(number) { most = max(most, tracks[number].seconds) }
        return most
    }
}

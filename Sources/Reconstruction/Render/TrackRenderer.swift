import Evidence
import MediaPlayout
import PacketInput
import RecordingRecords

/// One audio file while its recording is live. The file is begun with the first sound: a stream that never opens leaves none.
final class TrackRenderer {
    let planned: PlannedTrack
    // Not checked at run time, as said of `FlowRenderer`: a file does not come back to its track.
    @exclusivity(unchecked) private var assembler: TrackAssembler<TrackFile>
    private let file: TrackFile
    private let coded: CodedFile?
    private let native: (any NativeTrack)?
    @exclusivity(unchecked) private var talk: TalkMeter?
    /// Number of the flow that was heard last.
    private(set) var speaker = -1
    private unowned let recording: RecordingRenderer
    private let isTrimmed: Bool
    /// Frame of the timeline that the file begins with; nil until a trimmed file has begun.
    private var first: Int64?

    init(_ planned: PlannedTrack, description: AudioDescription, limits: Limits, length: Double, blockSamples: Int, recording: RecordingRenderer) {
        self.planned = planned
        self.recording = recording
        file = TrackFile(planned, description: description, recording: recording, measuresPeaks: recording.options.writesReport)
        // A mix is nobody's.
        if !planned.isMix, planned.participants.count == 1 { unsafe talk = TalkMeter(sampleRate: planned.sampleRate) }
        // What a capture of this length can hold, and a minute; positions beyond come from lying timestamps.
        let frames = Int64((min(length, limits.gapSeconds * 60) + 60) * Double(planned.sampleRate))
        unsafe assembler = TrackAssembler(output: file, channels: planned.channels, maximumFrames: frames, blockSamples: blockSamples)
        let coded = planned.native.map { _ in CodedFile(planned, description: description, recording: recording) }
        self.coded = coded
        native = coded.map { file -> any NativeTrack in
            guard let silence = planned.native?.silence else { return OpusTrack(file, isStereo: planned.channels > 1, maximumFrames: frames) }
            return CompandedTrack(file, channels: planned.channels, silence: silence, maximumFrames: frames, blockSamples: blockSamples)
        }
        isTrimmed = recording.options.timeline == .trimmed
        first = isTrimmed ? nil : 0
    }

    /// Seconds of sound and silence so far, from the recording's start.
    var seconds: Double { unsafe Double((first ?? 0) + assembler.end) / Double(planned.sampleRate) }
    var trimmedFrames: Int64 { unsafe assembler.trimmedFrames }
    var isEmpty: Bool { unsafe assembler.end == 0 }
    /// Whether payloads are wanted beside samples.
    var keepsPayloads: Bool { native != nil }

    /// Another flow is heard from now on. Whatever the one before still holds back comes first.
    @inline(never)
    func turn(to flow: Int) {
        // It is still the speaker while it makes way, so that this comes to an end.
        recording.giveWay(speaker)
        speaker = flow
    }

    @inline(__always)
    func place(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        unsafe talk?.add(samples, channels: channels, at: position)
        unsafe assembler.place(samples, channels: channels, at: position - (first ?? begin(position)))
    }

    /// Takes frames that `fill` writes where they stay; false where they can not be made there.
    @inline(__always)
    func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool {
        unsafe assembler.place(frames: frames, channels: channels, at: position - (first ?? begin(position))) { room in
            fill(&room)
            unsafe talk?.add(room.span, channels: channels, at: position)
        }
    }

    /// Takes a payload as it came; the samples that it decodes to come after it.
    func keep(_ payload: RawSpan, frames: Int, at position: Int64) {
        native?.place(payload, frames: frames, at: position - (first ?? begin(position)))
    }

    /// Begins a trimmed file with the sound at `position`.
    @inline(never)
    private func begin(_ position: Int64) -> Int64 {
        let start = max(0, position)
        first = start
        file.begin(at: start)
        coded?.description.begin(at: start, sampleRate: planned.sampleRate)
        return start
    }

    /// Spans with sound, in units of 20 ms; empty for a mix.
    func takeTalk() -> [(from: Int64, until: Int64)] {
        defer { unsafe talk = nil }
        return unsafe talk?.finish() ?? []
    }

    /// The samples from the recording's start on, where they are kept for a mix. After `finish`.
    func takeStore() -> (any SampleStore)? { file.takeStore() }

    /// The picture of what was written; nil where none is wanted. After `finish`.
    func takeWaveform() -> Waveform? { file.takeWaveform() }

    /// Pads to the recording's common length, unless trimmed, and closes; nil where nothing was heard.
    func finish(seconds: Double) throws(OutputFault) -> WrittenTrack? {
        guard !isEmpty, let first else { return nil }
        unsafe assembler.finish(totalFrames: isTrimmed ? 0 : Int64((seconds * Double(planned.sampleRate)).rounded(.up)))
        let samples = try file.finish()
        let written = try native.map { track throws(OutputFault) in unsafe try track.finish(totalFrames: assembler.end) } ?? samples
        return written.map { WrittenTrack(track: planned, file: $0, start: Double(first) / Double(planned.sampleRate)) }
    }
}

/// Passes samples on to the file of the layer above. A fault is kept, and everything after it is dropped.
final class TrackFile: TrackOutput {
    private let planned: PlannedTrack
    private var description: AudioDescription
    private unowned let recording: RecordingRenderer
    private var writer: (any AudioWriter)?
    private var store: (any SampleStore)?
    /// Frames of the timeline before the file.
    private var lead: Int64 = 0
    private var isOpen = false
    private var fault: OutputFault?
    private var peaks: PeakMeter?

    init(_ planned: PlannedTrack, description: AudioDescription, recording: RecordingRenderer, measuresPeaks: Bool) {
        if measuresPeaks { peaks = PeakMeter(sampleRate: planned.sampleRate, channels: planned.channels) }
        self.planned = planned
        self.description = description
        self.recording = recording
    }

    /// Before the first sample of a trimmed file: where on the timeline it stands.
    func begin(at frame: Int64) {
        lead = frame
        description.begin(at: frame, sampleRate: planned.sampleRate)
    }

    func append(_ samples: Span<Int16>) {
        guard fault == nil else { return }
        peaks?.add(samples)
        do {
            try open()
            try writer?.append(samples)
            try store?.append(samples)
        } catch { fault = error }
    }

    func appendSilence(frames: Int) {
        guard fault == nil else { return }
        peaks?.addSilence(samples: frames * planned.channels)
        do {
            try open()
            try writer?.appendSilence(frames: Int64(frames))
            try store?.appendSilence(samples: Int64(frames * planned.channels))
        } catch { fault = error }
    }

    func takeStore() -> (any SampleStore)? {
        defer { store = nil }
        return store
    }

    func takeWaveform() -> Waveform? {
        defer { peaks = nil }
        guard let (step, peaks) = peaks?.finish(), !peaks.isEmpty else { return nil }
        return Waveform(path: planned.path, step: step, peaks: peaks)
    }

    /// Nil where the samples are not what is kept.
    func finish() throws(OutputFault) -> WrittenFile? {
        if let fault { throw fault }
        return try writer?.finish()
    }

    /// Begins with the first sample what is wanted of them.
    private func open() throws(OutputFault) {
        guard !isOpen else { return }
        isOpen = true
        if planned.native == nil {
            writer = try recording.openWriter().openAudio(
                path: planned.path, sampleRate: planned.sampleRate, channels: planned.channels, description: description)
        }
        if recording.options.mix != .none {
            store = try recording.openWriter().openStore()
            try store?.appendSilence(samples: lead * Int64(planned.channels))
        }
    }
}

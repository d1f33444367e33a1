import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords

/// One audio file while its recording is live. The file is begun with the first sound: a stream that never opens leaves none.
struct TrackRenderer: ~Copyable {
    let planned: PlannedTrack
    /// The flow that was heard last, by its number in the recording; -1 before the first.
    var speaker = -1
    private var assembler: TrackAssembler<TrackFile>
    private var talk: TalkMeter?
    /// Frame of the timeline that the file begins with; nil until a trimmed file has begun.
    private var first: Int64?
    private let isTrimmed: Bool
    private let file: TrackFile
    private let coded: CodedFile?
    private let native: (any NativeTrack)?

    init(_ planned: PlannedTrack, description: AudioDescription, folder: RecordingFolder, settings: TrackSettings) {
        self.planned = planned
        file = TrackFile(planned, description: description, folder: folder, settings)
        // A mix is nobody's.
        talk = !planned.isMix && planned.participants.count == 1 ? TalkMeter(sampleRate: planned.sampleRate) : nil
        assembler = TrackAssembler(
            output: file, channels: planned.channels, maximumFrames: settings.maximumFrames, blockSamples: settings.blockSamples)
        let coded = planned.native.map { _ in CodedFile(planned, description: description, folder: folder) }
        self.coded = coded
        native = coded.map { file -> any NativeTrack in
            guard let silence = planned.native?.silence else {
                return OpusTrack(file, isStereo: planned.channels > 1, maximumFrames: settings.maximumFrames)
            }
            return CompandedTrack(
                file, channels: planned.channels, silence: silence, maximumFrames: settings.maximumFrames, blockSamples: settings.blockSamples)
        }
        isTrimmed = settings.isTrimmed
        first = isTrimmed ? nil : 0
    }

    /// Seconds of sound and silence so far, from the recording's start.
    var seconds: Double { Double((first ?? 0) + assembler.end) / Double(planned.sampleRate) }
    var isEmpty: Bool { assembler.end == 0 }
    /// Whether payloads are wanted beside samples.
    var keepsPayloads: Bool { native != nil }

    @inline(__always)
    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64) -> TrackPlacement {
        talk?.add(samples, channels: channels, at: position)
        let start = first ?? begin(position)
        return assembler.place(samples, channels: channels, at: position - start)
    }

    /// Takes frames that `fill` writes where they stay; false where they can not be made there.
    @inline(__always)
    mutating func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool {
        let start = first ?? begin(position)
        return Self.place(frames, channels, at: position, from: start, &assembler, &talk, filledBy: fill)
    }

    @inline(__always)
    private static func place(
        _ frames: Int, _ channels: Int, at position: Int64, from start: Int64, _ assembler: inout TrackAssembler<TrackFile>, _ talk: inout TalkMeter?,
        filledBy fill: (inout OutputSpan<Int16>) -> Void
    ) -> Bool {
        assembler.place(frames: frames, channels: channels, at: position - start) { room in
            fill(&room)
            talk?.add(room.span, channels: channels, at: position)
        }
    }

    /// Takes a payload as it came; the samples that it decodes to come after it.
    mutating func keep(_ payload: RawSpan, frames: Int, at position: Int64) {
        guard let native else { return }
        native.place(payload, frames: frames, at: position - (first ?? begin(position)))
    }

    /// Begins a trimmed file with the sound at `position`.
    @inline(never)
    private mutating func begin(_ position: Int64) -> Int64 {
        let start = max(0, position)
        first = start
        file.begin(at: start)
        coded?.description.begin(at: start, sampleRate: planned.sampleRate)
        return start
    }

    /// Spans with sound, in units of 20 ms; empty for a mix.
    mutating func takeTalk() -> [(from: Int64, until: Int64)] {
        defer { talk = nil }
        return talk?.finish() ?? []
    }

    /// The samples from the recording's start on, where they are kept for a mix. After `finish`.
    func takeStore() -> (any SampleStore)? { file.takeStore() }

    /// The picture of what was written; nil where none is wanted. After `finish`.
    func takeWaveform() -> Waveform? { file.takeWaveform() }

    /// Pads to the recording's common length, unless trimmed, and closes; nil where nothing was heard.
    mutating func finish(seconds: Double) throws(OutputFault) -> WrittenTrack? {
        guard !isEmpty, let first else { return nil }
        assembler.finish(totalFrames: isTrimmed ? 0 : Int64((seconds * Double(planned.sampleRate)).rounded(.up)))
        let samples = try file.finish()
        var written = samples
        if let native { written = try native.finish(totalFrames: assembler.end) }
        return written.map { WrittenTrack(track: planned, file: $0, start: Double(first) / Double(planned.sampleRate)) }
    }
}

import Evidence
import MediaPlayout

/// One audio file while its recording is live. The file is begun with the first sound: a stream that never opens leaves none.
final class TrackRenderer {
    let planned: PlannedTrack
    private var assembler: TrackAssembler<TrackFile>
    private let file: TrackFile
    private var talk: TalkMeter?

    init(_ planned: PlannedTrack, description: AudioDescription, limits: Limits, length: Double, blockSamples: Int, recording: RecordingRenderer) {
        self.planned = planned
        file = TrackFile(planned, description: description, recording: recording, measuresPeaks: recording.options.writesReport)
        // A mix is nobody's.
        if !planned.isMix, planned.participants.count == 1 { talk = TalkMeter(sampleRate: planned.sampleRate) }
        // What a capture of this length can hold, and a minute; positions beyond come from lying timestamps.
        let frames = (min(length, limits.gapSeconds * 60) + 60) * Double(planned.sampleRate)
        assembler = TrackAssembler(output: file, channels: planned.channels, maximumFrames: Int64(frames), blockSamples: blockSamples)
    }

    /// Seconds of sound and silence so far.
    var seconds: Double { Double(assembler.end) / Double(planned.sampleRate) }
    var trimmedFrames: Int64 { assembler.trimmedFrames }
    var isEmpty: Bool { assembler.end == 0 }

    func place(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        talk?.add(samples, channels: channels, at: position)
        assembler.place(samples, channels: channels, at: position)
    }

    /// Spans with sound, in units of 20 ms; empty for a mix.
    func takeTalk() -> [(from: Int64, until: Int64)] {
        defer { talk = nil }
        return talk?.finish() ?? []
    }

    /// The picture of what was written; nil where none is wanted. After `finish`.
    func takeWaveform() -> Waveform? { file.takeWaveform() }

    /// Pads to the recording's common length and closes; nil where nothing was heard.
    func finish(seconds: Double) throws(OutputFault) -> WrittenFile? {
        guard !isEmpty else { return nil }
        assembler.finish(totalFrames: Int64((seconds * Double(planned.sampleRate)).rounded(.up)))
        return try file.finish()
    }
}

/// Passes samples on to the file of the layer above. A fault is kept, and everything after it is dropped.
final class TrackFile: TrackOutput {
    private let planned: PlannedTrack
    private let description: AudioDescription
    private unowned let recording: RecordingRenderer
    private var writer: (any AudioWriter)?
    private var fault: OutputFault?
    private var peaks: PeakMeter?

    init(_ planned: PlannedTrack, description: AudioDescription, recording: RecordingRenderer, measuresPeaks: Bool) {
        if measuresPeaks { peaks = PeakMeter(sampleRate: planned.sampleRate, channels: planned.channels) }
        self.planned = planned
        self.description = description
        self.recording = recording
    }

    func append(_ samples: Span<Int16>) {
        peaks?.add(samples)
        do { try open()?.append(samples) } catch { fault = error }
    }

    func appendSilence(frames: Int) {
        peaks?.addSilence(samples: frames * planned.channels)
        do { try open()?.appendSilence(frames: Int64(frames)) } catch { fault = error }
    }

    func takeWaveform() -> Waveform? {
        defer { peaks = nil }
        guard let (step, peaks) = peaks?.finish(), !peaks.isEmpty else { return nil }
        return Waveform(path: planned.path, step: step, peaks: peaks)
    }

    func finish() throws(OutputFault) -> WrittenFile? {
        if let fault { throw fault }
        return try writer?.finish()
    }

    /// The writer, begun when first asked for; nil after a fault.
    private func open() throws(OutputFault) -> (any AudioWriter)? {
        guard fault == nil else { return nil }
        if let writer { return writer }
        let fresh = try recording.openWriter().openAudio(
            path: planned.path, sampleRate: planned.sampleRate, channels: planned.channels, description: description)
        writer = fresh
        return fresh
    }
}

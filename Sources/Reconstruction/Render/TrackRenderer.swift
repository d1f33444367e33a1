import Evidence
import MediaPlayout

/// One audio file while its recording is live. The file is begun with the first sound: a stream that never opens leaves none.
final class TrackRenderer {
    let planned: PlannedTrack
    // Not checked at run time, as said of `FlowRenderer`: a file does not come back to its track.
    @exclusivity(unchecked) private var assembler: TrackAssembler<TrackFile>
    private let file: TrackFile
    @exclusivity(unchecked) private var talk: TalkMeter?

    init(_ planned: PlannedTrack, description: AudioDescription, limits: Limits, length: Double, blockSamples: Int, recording: RecordingRenderer) {
        self.planned = planned
        file = TrackFile(planned, description: description, recording: recording)
        // A mix is nobody's.
        if !planned.isMix, planned.participants.count == 1 { unsafe talk = TalkMeter(sampleRate: planned.sampleRate) }
        // What a capture of this length can hold, and a minute; positions beyond come from lying timestamps.
        let frames = (min(length, limits.gapSeconds * 60) + 60) * Double(planned.sampleRate)
        unsafe assembler = TrackAssembler(output: file, channels: planned.channels, maximumFrames: Int64(frames), blockSamples: blockSamples)
    }

    /// Seconds of sound and silence so far.
    var seconds: Double { unsafe Double(assembler.end) / Double(planned.sampleRate) }
    var trimmedFrames: Int64 { unsafe assembler.trimmedFrames }
    var isEmpty: Bool { unsafe assembler.end == 0 }

    func place(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        unsafe talk?.add(samples, channels: channels, at: position)
        unsafe assembler.place(samples, channels: channels, at: position)
    }

    /// Spans with sound, in units of 20 ms; empty for a mix.
    func takeTalk() -> [(from: Int64, until: Int64)] {
        defer { unsafe talk = nil }
        return unsafe talk?.finish() ?? []
    }

    /// Pads to the recording's common length and closes; nil where nothing was heard.
    func finish(seconds: Double) throws(OutputFault) -> WrittenFile? {
        guard !isEmpty else { return nil }
        unsafe assembler.finish(totalFrames: Int64((seconds * Double(planned.sampleRate)).rounded(.up)))
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

    init(_ planned: PlannedTrack, description: AudioDescription, recording: RecordingRenderer) {
        self.planned = planned
        self.description = description
        self.recording = recording
    }

    func append(_ samples: Span<Int16>) {
        do { try open()?.append(samples) } catch { fault = error }
    }

    func appendSilence(frames: Int) {
        do { try open()?.appendSilence(frames: Int64(frames)) } catch { fault = error }
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

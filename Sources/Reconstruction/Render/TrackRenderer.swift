import Evidence
import MediaPlayout

/// One audio file while its recording is live. The file is begun with the first sound: a stream that never opens leaves none.
final class TrackRenderer {
    let planned: PlannedTrack
    private var assembler: TrackAssembler<TrackFile>
    private let file: TrackFile

    init(_ planned: PlannedTrack, description: AudioDescription, limits: Limits, length: Double, recording: RecordingRenderer) {
        self.planned = planned
        file = TrackFile(planned, description: description, recording: recording)
        // What a capture of this length can hold, and a minute; positions beyond come from lying timestamps.
        let frames = (min(length, limits.gapSeconds * 60) + 60) * Double(planned.sampleRate)
        assembler = TrackAssembler(output: file, channels: planned.channels, maximumFrames: Int64(frames))
    }

    /// Seconds of sound and silence so far.
    var seconds: Double { Double(assembler.end) / Double(planned.sampleRate) }
    var trimmedFrames: Int64 { assembler.trimmedFrames }
    var isEmpty: Bool { assembler.end == 0 }

    func place(_ samples: Span<Int16>, channels: Int, at position: Int64) { assembler.place(samples, channels: channels, at: position) }

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
    private var scratch: [Int16] = []

    init(_ planned: PlannedTrack, description: AudioDescription, recording: RecordingRenderer) {
        self.planned = planned
        self.description = description
        self.recording = recording
    }

    func append(_ samples: Span<Int16>) {
        scratch.removeAll(keepingCapacity: true)
        unsafe samples.withUnsafeBufferPointer { unsafe scratch.append(contentsOf: $0) }
        attempt { writer throws(OutputFault) in try writer.append(scratch, count: scratch.count) }
    }

    func appendSilence(frames: Int) {
        attempt { writer throws(OutputFault) in try writer.appendSilence(frames: Int64(frames)) }
    }

    func finish() throws(OutputFault) -> WrittenFile? {
        if let fault { throw fault }
        return try writer?.finish()
    }

    private func attempt(_ action: (any AudioWriter) throws(OutputFault) -> Void) {
        guard fault == nil else { return }
        do {
            let open: any AudioWriter
            if let writer {
                open = writer
            } else {
                open = try recording.openWriter().openAudio(
                    path: planned.path, sampleRate: planned.sampleRate, channels: planned.channels, description: description)
                writer = open
            }
            try action(open)
        } catch {
            fault = error
        }
    }
}

import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords

/// Passes samples on to the file of the layer above. A fault is kept, and everything after it is dropped.
final class TrackFile: TrackOutput {
    private let planned: PlannedTrack
    private var description: AudioDescription
    private let folder: RecordingFolder
    private let isMixed: Bool
    private var writer: (any AudioWriter)?
    private var store: (any SampleStore)?
    /// Frames of the timeline before the file.
    private var lead: Int64 = 0
    private var isOpen = false
    private var fault: OutputFault?
    private var peaks: PeakMeter?

    init(_ planned: PlannedTrack, description: AudioDescription, folder: RecordingFolder, _ settings: TrackSettings) {
        if settings.measuresPeaks { peaks = PeakMeter(sampleRate: planned.sampleRate, channels: planned.channels) }
        self.planned = planned
        self.description = description
        self.folder = folder
        isMixed = settings.isMixed
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
            writer = try folder.begin().openAudio(
                path: planned.path, sampleRate: planned.sampleRate, channels: planned.channels, description: description)
        }
        if isMixed {
            store = try folder.begin().openStore()
            try store?.appendSilence(samples: lead * Int64(planned.channels))
        }
    }
}

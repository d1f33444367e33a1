import Evidence
import RecordingPlan
import RecordingRecords

/// Passes coded sound on to the file of the layer above. A fault is kept, and everything after it is dropped.
final class CodedFile {
    private let planned: PlannedTrack
    var description: AudioDescription
    private let folder: RecordingFolder
    private var writer: (any CodedAudioWriter)?
    private var fault: OutputFault?

    init(_ planned: PlannedTrack, description: AudioDescription, folder: RecordingFolder) {
        self.planned = planned
        self.description = description
        self.folder = folder
    }

    func append(_ octets: [UInt8], frames: Int, lead: Int = 0) {
        guard fault == nil, let coding = planned.native else { return }
        do {
            if writer == nil {
                writer = try folder.begin().openCoded(
                    CodedAudioFile(
                        path: planned.path, coding: coding, sampleRate: planned.sampleRate, channels: planned.channels, lead: lead,
                        description: description))
            }
            try writer?.append(octets, frames: frames)
        } catch { fault = error }
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile? {
        if let fault { throw fault }
        return try writer?.finish(frames: frames)
    }
}

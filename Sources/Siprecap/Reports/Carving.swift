import CaptureCarve
import RecordingFiles
import RecordingPlan
import RecordingRecords

/// A capture file to be, for one recording's packets: it has its name only once it is whole.
package struct CarveTarget {
    fileprivate let file: CaptureFile
    fileprivate let path: String

    /// Refuses a path where something is already.
    package init(path: String) throws(SiprecapError) {
        do throws(OutputFault) { file = try CaptureFile(path: path) } catch { throw SiprecapError(error) }
        self.path = path
    }
}

/// What was carved.
package struct Carved: Sendable {
    package let packets: Int
    /// Media packets written anew in clear.
    package let opened: Int
    /// Messages written anew in clear.
    package let rebuilt: Int
}

extension Plan {
    /// Writes the packets of the recording `id`. Throws ``SiprecapError/cancelled`` where the observer interrupts; then there is no file.
    package func carve(
        _ id: Recording.ID, into target: CarveTarget, isDecrypted: Bool, includesSecrets: Bool, observer: any RunObserver
    ) throws(SiprecapError) -> Carved {
        guard let recording = core.recordings.first(where: { $0.id == id }) else { throw .invalidOption(option: "recording", reason: "there is no \(id)") }
        var carving = CarveOptions()
        carving.isDecrypted = isDecrypted
        carving.includesSecrets = includesSecrets
        carving.usesLibSRTPOnly = options.usesLibSRTPOnly
        carving.toolVersion = options.toolVersion
        let summary: CarveSummary
        do throws(OutputFault) {
            summary = try Carver.run(
                merge, survey: survey, recording: recording, reading: options.reading, options: carving, output: target.file,
                observer: ObserverBridge(observer))
            guard !observer.isInterrupted else { throw OutputFault(path: target.path, reason: "interrupted") }
            try target.file.finish()
        } catch { throw observer.isInterrupted ? .cancelled : SiprecapError(error) }
        return Carved(packets: summary.packets, opened: summary.opened, rebuilt: summary.rebuilt)
    }
}

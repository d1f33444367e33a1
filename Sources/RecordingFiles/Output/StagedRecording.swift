import Glibc
package import Reconstruction
import RecordingReport

/// One recording below the staging folder, until it is put in place.
package final class StagedRecording: RecordingWriter {
    private let folder: String
    private let staged: String
    private let output: OutputFolder
    private var files: [WrittenFile] = []
    /// Audio files that have begun and not ended.
    private var unfinished: Set<String> = []
    /// Folders inside that are there.
    private var folders: Set<String> = []
    private var isOver = false

    init(folder: String, staged: String, output: OutputFolder) {
        self.folder = folder
        self.staged = staged
        self.output = output
    }

    deinit { abandon() }

    package func openAudio(path: String, sampleRate: Int, channels: Int, description: AudioDescription) throws(OutputFault) -> any AudioWriter {
        let file = try create(path)
        let writer = try WaveWriter(path: path, file: file, sampleRate: sampleRate, channels: channels, description: description) { [weak self] written in
            self?.files.append(written)
            self?.unfinished.remove(written.path)
        }
        unfinished.insert(path)
        return writer
    }

    package func write(path: String, octets: [UInt8]) throws(OutputFault) -> WrittenFile {
        try makeFolder(path)
        do throws(SystemError) {
            try StagedFile.write(octets, path: staged + "/" + path)
            guard let sha256 = SHA256.of(octets) else { throw SystemError(EIO) }
            let file = WrittenFile(path: path, bytes: octets.count, sha256: sha256)
            files.append(file)
            return file
        } catch { throw OutputFault(folder + "/" + path, "cannot be written", error) }
    }

    package func write(events: [EventRecord], names: [String: String]) throws(OutputFault) -> [WrittenFile] {
        let webVTT = try write(path: "events.vtt", octets: Array(WebVTT.text(events, names: names).utf8))
        let labels = try write(path: "events.txt", octets: Array(AudacityLabels.text(events, names: names).utf8))
        return [webVTT, labels]
    }

    package func write(exports: Set<RecordingExport>, of record: RecordingRecord) throws(OutputFault) -> [FileRecord] {
        var out: [FileRecord] = []
        if exports.contains(.rttm) {
            let file = try write(path: "events.rttm", octets: Array(RTTM.text(record).utf8))
            out.append(FileRecord(file, role: .events, mediaType: "text/plain"))
        }
        if exports.contains(.textGrid) {
            let file = try write(path: "events.TextGrid", octets: Array(TextGrid.text(record).utf8))
            out.append(FileRecord(file, role: .events, mediaType: "text/plain"))
        }
        return out
    }

    package func write(sidecar: RecordingRecord) throws(OutputFault) -> WrittenFile {
        guard let octets = try? SidecarJSON.encode(sidecar) else { throw OutputFault(path: folder + "/recording.json", reason: "cannot be encoded") }
        return try write(path: "recording.json", octets: octets)
    }

    package func write(report: ReportMaterial) throws(OutputFault) -> WrittenFile? {
        try write(path: RecordingPage.fileName, octets: RecordingPage.render(report))
    }

    package func finish() throws(OutputFault) {
        guard !isOver else { return }
        if let path = unfinished.min() { throw OutputFault(path: folder + "/" + path, reason: "is not finished, so the recording cannot be") }
        try output.place(staged, as: folder, files: files)
        isOver = true
    }

    package func abandon() {
        guard !isOver else { return }
        isOver = true
        try? Folder.remove(staged)
    }

    private func makeFolder(_ path: String) throws(OutputFault) {
        guard !isOver else { throw OutputFault(path: folder + "/" + path, reason: "comes after its recording was finished") }
        try RelativePath.check(path)
        guard let parent = RelativePath.folder(of: path), folders.insert(parent).inserted else { return }
        do throws(SystemError) { try Folder.create(staged + "/" + parent) } catch { throw OutputFault(folder + "/" + parent, "cannot be created", error) }
    }

    private func create(_ path: String) throws(OutputFault) -> StagedFile {
        try makeFolder(path)
        do throws(SystemError) { return try StagedFile(path: staged + "/" + path) } catch {
            throw OutputFault(folder + "/" + path, "cannot be created", error)
        }
    }
}

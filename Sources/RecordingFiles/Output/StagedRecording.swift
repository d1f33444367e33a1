import Glibc
package import RecordingRecords

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
    private var stores = 0
    private var isOver = false

    init(folder: String, staged: String, output: OutputFolder) {
        self.folder = folder
        self.staged = staged
        self.output = output
    }

    deinit { abandon() }

    package func openAudio(path: String, sampleRate: Int, channels: Int, description: AudioDescription) throws(OutputFault) -> any AudioWriter {
        let file = try create(path)
        unfinished.insert(path)
        switch AudioFormat(path: path) {
        case .opus:
            return try OpusEncodingWriter(
                path: path, file: file, sampleRate: sampleRate, channels: channels, description: description, onFinish: noteFinished)
        case .flac:
            return try FLACWriter(path: path, file: file, sampleRate: sampleRate, channels: channels, description: description, onFinish: noteFinished)
        default:
            return try WaveWriter(path: path, file: file, sampleRate: sampleRate, channels: channels, description: description, onFinish: noteFinished)
        }
    }

    package func openCoded(_ coded: CodedAudioFile) throws(OutputFault) -> any CodedAudioWriter {
        let file = try create(coded.path)
        unfinished.insert(coded.path)
        guard coded.coding != .opus else {
            return OpusPacketWriter(
                path: coded.path, file: file, channels: coded.channels, lead: coded.lead, inputRate: coded.sampleRate, description: coded.description,
                onFinish: noteFinished)
        }
        return try WaveWriter(
            path: coded.path, file: file, sampleRate: coded.sampleRate, channels: coded.channels, description: coded.description,
            companding: coded.coding, onFinish: noteFinished)
    }

    /// Beside the staged folder, as it is no part of the recording.
    package func openStore() throws(OutputFault) -> any SampleStore {
        stores += 1
        return try SampleFile(path: "\(staged)-samples-\(stores)")
    }

    private var noteFinished: (WrittenFile) -> Void {
        { [weak self] written in
            self?.files.append(written)
            self?.unfinished.remove(written.path)
        }
    }

    package func write(path: String, parts: [FilePart]) throws(OutputFault) -> WrittenFile {
        try makeFolder(path)
        do throws(SystemError) {
            let file: WrittenFile
            if parts.count == 1, case .octets(let octets) = parts[0] {
                try StagedFile.write(octets, path: staged + "/" + path)
                guard let sha256 = SHA256.of(octets) else { throw .noLibrary }
                file = WrittenFile(path: path, bytes: octets.count, sha256: sha256)
            } else {
                let whole = try StagedFile(path: staged + "/" + path)
                for part in parts { try whole.write(part, below: staged) }
                let (sha256, bytes) = try whole.closeAndHash()
                file = WrittenFile(path: path, bytes: bytes, sha256: sha256)
            }
            files.append(file)
            return file
        } catch { throw OutputFault(folder + "/" + path, "cannot be written", error) }
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
        do throws(SystemError) { return try StagedFile(path: staged + "/" + path, budget: output.openFiles) } catch {
            throw OutputFault(folder + "/" + path, "cannot be created", error)
        }
    }
}

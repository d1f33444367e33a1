import Glibc
package import Reconstruction
import Synchronization

/// The folder that a run writes: recordings appear in it whole, and `run.json` last.
///
/// Everything is made below a staging folder and renamed into place. The staging folder is there from `prepare` to `finish` and is locked,
/// so a second run at the same time is refused, and what an interrupted one left is known for what it is.
package final class OutputFolder: RecordingOutput {
    static let stagingName = ".staging-siprecap"
    static let runName = "run.json"
    package static let reportName = "report.html"
    /// What this program writes at the top.
    static let ownNames: Set<String> = [runName, Manifest.fileName, "recordings", reportName, "catalog.sqlite", stagingName]

    private struct State {
        var nextNumber = 0
        /// Files in place, by path relative to the folder.
        var written: [String: WrittenFile] = [:]
        var isOver = false
        var lock: Int32
    }

    /// As the user gave it.
    package let path: String
    private let wasCreated: Bool
    private let state: Mutex<State>

    private init(path: String, wasCreated: Bool, lock: Int32) {
        self.path = path
        self.wasCreated = wasCreated
        state = Mutex(State(lock: lock))
    }

    deinit { discard() }

    var staging: String { path + "/" + Self.stagingName }

    /// Refuses a folder that cannot be used, before any work is done: one that cannot be written, or that holds what this program did not write.
    ///
    /// An absent folder is made; in that of an earlier run, recordings of the same name will be replaced.
    package static func prepare(path given: String) throws(OutputFault) -> OutputFolder {
        var path = given
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard !path.isEmpty else { throw OutputFault(path: given, reason: "is no folder") }
        let wasCreated: Bool
        do throws(SystemError) { wasCreated = try Folder.create(path) } catch { throw OutputFault(path, "cannot be created as a folder", error) }
        if !wasCreated { try refuseForeign(path) }
        let lock = try lockStaging(path + "/" + stagingName)
        return OutputFolder(path: path, wasCreated: wasCreated, lock: lock)
    }

    package func begin(folder: String) throws(OutputFault) -> any RecordingWriter {
        try RelativePath.check(folder)
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let staged = "\(staging)/\(number)"
        do throws(SystemError) { try Folder.create(staged) } catch { throw OutputFault(staged, "cannot be created", error) }
        return StagedRecording(folder: folder, staged: staged, output: self)
    }

    /// Writes one file at the top, such as `report.html`, in the place of an earlier one.
    package func write(path name: String, octets: [UInt8]) throws(OutputFault) -> WrittenFile {
        guard Self.ownNames.contains(name), name != Self.stagingName, name != "recordings" else {
            throw OutputFault(path: name, reason: "is no name that siprecap writes")
        }
        let file = try replace(name, octets)
        state.withLock { $0.written[name] = file }
        return file
    }

    /// Ends the run: manifest, then `run.json` with the manifest's hash. Returns the record as it was written.
    package func finish(_ run: RunRecord) throws(OutputFault) -> RunRecord {
        let written = state.withLock(\.written)
        var run = run
        do throws(SystemError) {
            var entries: [Manifest.Entry] = []
            let top: Set<String> = [Self.runName, Manifest.fileName, Self.stagingName]
            for file in try Folder.files(below: path, skip: { top.contains($0) }) {
                // What an earlier run left is read again; what this one wrote is known.
                let sha256: String
                if let known = written[file] { sha256 = known.sha256 } else { sha256 = try SHA256.of(file: path + "/" + file).sha256 }
                entries.append(Manifest.Entry(path: file, sha256: sha256))
            }
            // Files are not synchronised one by one: thousands of fsync took longer than the whole render. What a power cut damages,
            // the manifest's hashes show.
            let manifest = try replaceOrError(Manifest.fileName, Array(Manifest.text(entries).utf8))
            run.manifest = RunRecord.Manifest(path: Manifest.fileName, sha256: manifest.sha256, files: entries.count)
        } catch { throw OutputFault(path + "/" + Manifest.fileName, "cannot be written", error) }
        guard let octets = try? SidecarJSON.encode(run) else { throw OutputFault(path: path + "/" + Self.runName, reason: "cannot be encoded") }
        _ = try replace(Self.runName, octets)
        try? Folder.synchronize(path)
        discard()
        return run
    }

    /// Removes what is staged, and the folder if it was made and nothing came into it. Recordings in place stay. Safe to call twice.
    package func discard() {
        let lock: Int32? = state.withLock { state in
            if state.isOver { return nil }
            state.isOver = true
            return state.lock
        }
        guard let lock else { return }
        try? Folder.remove(staging)
        if wasCreated { unsafe _ = rmdir(path) }
        close(lock)
    }

    /// Puts a finished recording in its place; an earlier one of the same name goes away.
    func place(_ staged: String, as folder: String, files: [WrittenFile]) throws(OutputFault) {
        let target = path + "/" + folder
        let replaced = staged + "-replaced"
        do throws(SystemError) {
            if let parent = RelativePath.folder(of: folder) { try Folder.create(path + "/" + parent) }
            // From here on the earlier run's account is no longer true.
            try Folder.remove(path + "/" + Self.runName)
            try Folder.remove(path + "/" + Manifest.fileName)
            try Folder.remove(path + "/" + Self.reportName)
            let isReplacing = Folder.exists(target)
            if isReplacing { try Folder.rename(target, to: replaced) }
            do throws(SystemError) { try Folder.rename(staged, to: target) } catch {
                if isReplacing { try? Folder.rename(replaced, to: target) }
                throw error
            }
            if isReplacing { try Folder.remove(replaced) }
        } catch { throw OutputFault(target, "cannot be put in place", error) }
        state.withLock { state in
            for file in files { state.written[folder + "/" + file.path] = file }
        }
    }

    private func replace(_ name: String, _ octets: [UInt8]) throws(OutputFault) -> WrittenFile {
        do throws(SystemError) { return try replaceOrError(name, octets) } catch { throw OutputFault(path + "/" + name, "cannot be written", error) }
    }

    private func replaceOrError(_ name: String, _ octets: [UInt8]) throws(SystemError) -> WrittenFile {
        let staged = staging + "/" + name
        try Folder.remove(staged)
        try StagedFile.write(octets, path: staged)
        try FileDescriptor(staged, O_RDONLY).synchronize()
        guard let sha256 = SHA256.of(octets) else { throw SystemError(EIO) }
        try Folder.rename(staged, to: path + "/" + name)
        return WrittenFile(path: name, bytes: octets.count, sha256: sha256)
    }
}
